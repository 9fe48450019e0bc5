"""``manage.py shelf_labels``: label sheets for a store, as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from instore.stores.language import language_of_country
from instore.stores.models import Store
from kiosk.labels import queries
from kiosk.labels.begin import begin
from kiosk.labels.confirm import confirm
from kiosk.labels.exceptions import NothingToPrint, UnreadableList
from kiosk.labels.formats import DEFAULT, FORMATS
from kiosk.labels.make import make_sheets
from kiosk.labels.models import PrintRun
from kiosk.labels.numbers import numbers_of
from kiosk.labels.queries import Found
from omni_sync.design.paper import LACKING
from omni_sync.oscar.models import Category


class Command(BaseCommand):
    help = "Writes label sheets for a store: everything in it, or some of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--store", required=True, metavar="CODE")
        parser.add_argument("--sku", nargs="+", action="extend", metavar="SKU", help="these goods only; SKUs or GTINs")
        parser.add_argument("--file", type=Path, help="the goods in this file: SKUs or GTINs, one a line, or CSV")
        parser.add_argument("--category", metavar="SLUG", help="what is in this category or below it")
        parser.add_argument("--changed", action="store_true", help="what changed since the last print")
        parser.add_argument("--format", choices=list(FORMATS), default=DEFAULT)
        parser.add_argument("--language", choices=list(dict(settings.LANGUAGES)), help="else the store's")
        parser.add_argument("--on-the-shelves", action="store_true", help="take them for hung up at once")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")

    def handle(self, **options: Any) -> None:
        store = _store(options["store"])
        language = options["language"] or language_of_country(store.country_code)
        run = self._run(store, _found(store, options), options["format"], language)
        if not make_sheets(run_id=run.pk):
            run = PrintRun.objects.facts().get(pk=run.pk)
            raise CommandError(LACKING if run.failure == PrintRun.Failure.NO_PAPER else "The sheets could not be made.")
        run = PrintRun.objects.get(pk=run.pk)
        assert run.pdf is not None
        options["output"].write_bytes(run.pdf)
        if options["on_the_shelves"]:
            with transaction.atomic():
                confirm(run=run)
        self._say(run, options["output"])

    def _run(self, store: Store, found: Found, paper: str, language: str) -> PrintRun:
        """Made here and now, by no worker."""
        try:
            with transaction.atomic():
                return begin(store=store, found=found, paper=paper, language=language, asks_worker=False)
        except NothingToPrint as refusal:
            self._left_out(refusal.unpriced, refusal.unknown)
            raise CommandError("There is nothing to print.") from refusal

    def _say(self, run: PrintRun, file: Path) -> None:
        self._left_out(run.left_out, run.unknown)
        if run.without_code:
            self.stderr.write(f"without a code, for want of a GTIN: {', '.join(run.without_code)}")
        if run.more:
            self.stderr.write(f"{run.more} more labels did not fit into one print")
        pages = -(-run.how_many // FORMATS[run.paper].per_page)
        self.stdout.write(f"{run.how_many} labels on {pages} pages in {file}: print {run.pk} of {run.store}")

    def _left_out(self, unpriced: list[str], unknown: list[str]) -> None:
        if unpriced:
            self.stderr.write(f"left out, without a price: {', '.join(unpriced)}")
        if unknown:
            self.stderr.write(f"not known in this store: {', '.join(unknown)}")


def _store(code: str) -> Store:
    found = Store.objects.select_related("partner__location").filter(partner__code=code).first()
    if found is None:
        raise CommandError(f"There is no store with the code {code!r}.")
    return found


def _found(store: Store, options: dict[str, Any]) -> Found:
    named = [name for name in ("sku", "file", "category", "changed") if options[name]]
    if len(named) > 1:
        raise CommandError(f"Say one of {', '.join('--' + name for name in named)}.")
    if options["changed"]:
        return queries.of_queue(store.pk)
    if options["category"]:
        category = Category.objects.filter(slug=options["category"]).first()
        if category is None:
            raise CommandError(f"There is no category {options['category']!r}.")
        return queries.of_category(store.pk, category.pk)
    if options["file"]:
        return queries.of_numbers(store.pk, _listed(options["file"]))
    return queries.of_numbers(store.pk, options["sku"]) if options["sku"] else queries.of_store(store.pk)


def _listed(file: Path) -> list[str]:
    try:
        return numbers_of(file)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    except UnreadableList as error:
        raise CommandError(f"{file} is no list of numbers, one a line.") from error
