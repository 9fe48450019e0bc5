import time
from typing import Any

from django.core.management.base import BaseCommand

from omni_sync.catalogue.entries import rebuild_entries


class Command(BaseCommand):
    help = "Brings what is searched and filtered up to date, after bulk imports, price lists or new translations."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        changed = rebuild_entries()
        self.stdout.write(f"{changed} entries changed, in {time.perf_counter() - began:.1f} s")
