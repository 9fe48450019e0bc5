"""``manage.py receipt``: one receipt, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from instore.receipts.exceptions import NotPaidYet, ReceiptUnknown
from instore.receipts.find import by_number
from instore.receipts.make import FORMATS, language_of, make
from instore.receipts.models import Receipt
from omni_sync.design.paper import NoPaper
from omni_sync.money.formatting import format_money


class Command(BaseCommand):
    help = "Writes a receipt: on A4, on a roll of 80 mm, as a page, or as a till's printer takes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="of the receipt, the sale or the order")
        parser.add_argument("--format", choices=FORMATS, default="pdf", help="thermal is a PDF 80 mm wide")
        parser.add_argument("--language", choices=list(dict(settings.LANGUAGES)), help="else the store's")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, **options: Any) -> None:
        receipt = _found(options["number"])
        file: Path = options["output"]
        try:
            with file.open("ab"):  # before anything is counted as printed
                pass
            language = options["language"] or language_of(receipt)
            file.write_bytes(make(receipt=receipt, kind=options["format"], language=language))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except NoPaper as refusal:
            raise CommandError(refusal.lacking) from refusal
        self.stdout.write(f"{receipt} in {file}")


def _found(number: str) -> Receipt:
    try:
        return by_number(number)
    except NotPaidYet as refusal:
        due = format_money(refusal.due, refusal.currency, "en")
        raise CommandError(f"{number} has no receipt yet: {due} is still to be paid.") from refusal
    except ReceiptUnknown as refusal:
        if refusal.several:
            raise CommandError(f"Several stores have a receipt {number}: say the number of the order.") from refusal
        raise CommandError(f"There is no receipt, sale or order {number!r}.") from refusal
