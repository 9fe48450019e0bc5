import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from omni_sync.oscar.models import Partner
from omni_sync.stock.queries import export_rows


class Command(BaseCommand):
    help = "Writes the stock of every store as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--store", default="", help="only this store's code")

    def handle(self, *args: Any, **options: Any) -> None:
        store = options["store"]
        if store and not Partner.objects.filter(code=store).exists():
            raise CommandError(f"There is no store with the code {store!r}.")
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(["store", "sku", "on_hand", "held", "available"])
        out.writerows(export_rows(store))
