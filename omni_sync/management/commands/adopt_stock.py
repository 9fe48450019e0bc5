from typing import Any

from django.core.management.base import BaseCommand

from omni_sync.stock.adopt import adopt


class Command(BaseCommand):
    help = "Opens a ledger for every stock record that has none, beginning with what Oscar says is there."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{adopt()} stock records adopted")
