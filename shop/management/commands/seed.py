from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from shop.seed.deliveries import fill
from shop.seed.goods import put_on_shelves
from shop.seed.people import open_accounts
from shop.seed.places import open_places

DEMO = "settings.demo"


class Command(BaseCommand):
    help = "Fills the shop with the demo's places, goods and stock. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="make the staff and shopper accounts, whose passwords are public, outside the demo's settings too",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        began = perf_counter()
        with transaction.atomic():
            places = open_places()
            products = put_on_shelves()
            fill(places=places, products=products)
            if options["accounts"] or settings.SETTINGS_MODULE == DEMO:
                open_accounts()
        self.stdout.write(f"{len(places)} places, {len(products)} articles, {perf_counter() - began:.1f} s")
