import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from omni_sync.stock.audit import audit


class Command(BaseCommand):
    help = "Proves the stock invariants from the ledger; exits 1 with the offending rows when anything disagrees."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        result = audit()
        if not options["json"]:
            for violation in result["violations"]:
                self.stderr.write(", ".join(f"{key}: {value}" for key, value in violation.items()))
        self.stdout.write(json.dumps(result))
        if result["violations"]:
            sys.exit(1)
