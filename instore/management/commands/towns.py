from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from instore.stores.geonames import LibraryMissing, towns_of
from instore.stores.towns import fill_towns


class Command(BaseCommand):
    help = "Learn the towns of these countries, so that shoppers find the nearest store by a typed place."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("countries", nargs="+", metavar="COUNTRY", help="two letters: ID SG MY")

    def handle(self, *args: Any, **options: Any) -> None:
        countries = {country.upper() for country in options["countries"]}
        try:
            towns = list(towns_of(countries))
        except LibraryMissing as missing:
            raise CommandError(
                f"The towns come from {missing.library}, which is not installed: pip install 'lintas[{missing.extra}]'"
            ) from missing
        unknown = countries - {town.country_code for town in towns}
        if unknown:
            raise CommandError(f"No towns are known in {', '.join(sorted(unknown))}: is it a country's two letters?")
        count = fill_towns(countries=countries, towns=towns)
        self.stdout.write(f"{count} towns in {', '.join(sorted(countries))}.")
