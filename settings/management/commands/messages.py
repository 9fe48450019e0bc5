"""``manage.py messages``: collect the texts to translate; with ``--check`` say which lack a translation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from settings import translations
from settings.environment import ROOT


class Command(BaseCommand):
    help = "Collects the texts to translate into the rooms' locale folders."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a translation is missing")
        parser.add_argument("--compile", action="store_true", help="only write what the server reads (.mo)")

    def handle(self, **options: Any) -> None:
        if options["check"]:
            self.check_complete()
        elif options["compile"]:
            translations.compile_all()
        else:
            for file in translations.collect():
                self.stdout.write(str(file.relative_to(ROOT)))
            translations.compile_all()

    def check_complete(self) -> None:
        lacking = list(translations.missing())
        for line in lacking:
            self.stdout.write(line)
        if lacking:
            raise CommandError(f"{len(lacking)} texts are not translated: make messages, then fill them in.")
