"""``manage.py templates``: compile every template of ours, so that a broken tag is found before a visitor does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines

from settings.environment import ROOT
from settings.translations import ROOMS


def templates() -> Iterator[str]:
    """The name of each, as ``render`` takes it."""
    for room in ROOMS:
        for folder in (ROOT / room).rglob("templates"):
            for file in sorted(folder.rglob("*")):
                if file.is_file() and not file.name.startswith("."):
                    yield file.relative_to(folder).as_posix()


class Command(BaseCommand):
    help = "Compiles every template of ours."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        broken = [problem for name in templates() if (problem := self.problem(name))]
        for line in broken:
            self.stdout.write(line)
        if broken:
            raise CommandError(f"{len(broken)} templates do not compile.")

    @staticmethod
    def problem(name: str) -> str:
        try:
            engines["django"].get_template(name)
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            return f"{Path(name)}: {error}"
        return ""
