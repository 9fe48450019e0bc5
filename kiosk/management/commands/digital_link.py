import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from omni_sync.gs1.exceptions import InvalidGs1
from omni_sync.gs1.link import parse_link


class Command(BaseCommand):
    help = "Says what GS1 Digital Links say: a JSON line each."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("uri", nargs="+", metavar="URI")
        parser.add_argument("--lenient", action="store_true", help="fill GTINs of 8, 12 and 13 digits up to 14")

    def handle(self, *args: Any, **options: Any) -> None:
        for uri in options["uri"]:
            self.stdout.write(json.dumps({"uri": uri, **_said(uri, lenient=options["lenient"])}))


def _said(uri: str, *, lenient: bool) -> dict[str, Any]:
    try:
        link = parse_link(uri, lenient=lenient)
    except InvalidGs1 as refusal:
        return {"valid": False, "error": str(refusal)}
    return {"valid": True, "elements": [list(element) for element in link.elements], "ignored": list(link.ignored)}
