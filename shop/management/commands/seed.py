from argparse import ArgumentParser
from datetime import date
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.seed.day import NotYet, OtherDay, day_of
from shop.seed.steps import Wish, seed

DEMO = "settings.demo"


class Command(BaseCommand):
    help = "Fills the shop with the demo: places, goods, stock, people and a week of sales. Again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="let people sign in, with passwords that are public, outside the demo's settings too",
        )
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as it would be on that day (default today)"
        )
        parser.add_argument("--no-pictures", action="store_true", help="leave the goods without pictures: for tests")
        parser.add_argument(
            "--small", action="store_true", help="a fourth of the goods, few pictures and orders, no week: for tests"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        began = perf_counter()
        try:
            day = day_of(options["on"])
        except NotYet:
            raise CommandError(f"{options['on']} has not begun.") from None
        except OtherDay as refusal:
            raise CommandError(f"This database was seeded for {refusal.day}; start over for another day.") from None
        accounts = options["accounts"] or settings.SETTINGS_MODULE == DEMO
        wish = Wish(day, small=options["small"], accounts=accounts, pictures=not options["no_pictures"])
        for name in seed(wish):
            if options["verbosity"] > 1:
                self.stdout.write(f"{name} {perf_counter() - began:.1f} s")
        self.stdout.write(f"seeded for {day.date}, {perf_counter() - began:.1f} s")
