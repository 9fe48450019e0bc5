"""``labels``: a thousand shelf labels as PDF, how long they take and how much memory, next to bare WeasyPrint."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Final, NamedTuple

import django
import psutil
from django.db import connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from instore.stores.models import Store
from kiosk.labels.begin import begin
from kiosk.labels.make import make_sheets
from kiosk.labels.models import PrintRun
from kiosk.labels.queries import of_queue
from kiosk.labels.sheets import pages
from omni_sync.catalogue.gtin import check_digit
from omni_sync.catalogue.models import Gtin
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.memory import MEGABYTE, watching
from settings.bench.rows import Row, Size

PAPER: Final = "a4-3x7"
LANGUAGE: Final = "id"
MOST_SECONDS: Final = 120
MOST_MEGABYTES: Final = 300


class Made(NamedTuple):
    """What one side took: seconds, megabytes that its process grew, pages that came of it."""

    seconds: float
    megabytes: float
    pages: int


def run(size: Size) -> Iterator[Row]:
    """Each side in a new process, in turn: the queue of a store from the question to the PDF, and its HTML alone."""
    (partner,) = open_shops(1)
    stock([partner], make_products(size.products), 2)
    _number()
    settle_down()
    store = Store.objects.select_related("partner__location").get(pk=partner)
    labels = of_queue(partner).labels
    html = list(pages(labels, store=store, paper=PAPER, language=LANGUAGE, at=timezone.now()))
    connection.close()
    rounds = [(_alone(_ours, partner), _alone(_bare, html)) for _ in range(size.rounds)]
    ours, bare = sorted(rounds, key=lambda pair: pair[0].seconds / pair[1].seconds)[(size.rounds - 1) // 2]
    wanted = -(-size.products // 21)
    checks = {f"{ours.pages} of {wanted} pages": ours.pages == bare.pages == wanted}
    details = {"labels": len(labels), "paper": PAPER, "pages": wanted, "rounds": [[*pair] for pair in rounds]}
    yield Row(
        name="labels", unit=f"s for {size.products:,}", figure=ours.seconds, limit=bare.seconds,
        most_figure=MOST_SECONDS, limit_is="WeasyPrint on the same HTML, finished before", checks=checks,
        details=details,
    )  # fmt: skip
    yield Row(
        name="labels-memory", unit="MB more", figure=max(one.megabytes for one, _ in rounds),
        limit=max(one.megabytes for _, one in rounds), most_figure=MOST_MEGABYTES,
        limit_is="the same", details=details,
    )  # fmt: skip


def _number() -> None:
    """The goods get numbers that a scanner takes."""
    gtins = list(Gtin.objects.all())
    for gtin in gtins:
        payload = f"952{gtin.product_id:09}"
        gtin.value = f"0{payload}{check_digit(payload)}"
    Gtin.objects.bulk_update(gtins, ["value"])


def _alone(work: Callable[[Any], tuple[int, float, int]], given: Any) -> Made:
    with watching() as memory, ProcessPoolExecutor(1, get_context("spawn"), django.setup) as process:
        before, seconds, made = process.submit(work, given).result()
    return Made(round(seconds, 2), round(max(memory.samples) - before / MEGABYTE, 1), made)


def _ours(store_id: int) -> tuple[int, float, int]:
    """The process's memory before, the seconds, the pages."""
    store = Store.objects.get(pk=store_id)
    before, began = psutil.Process().memory_info().rss, time.perf_counter()
    with transaction.atomic():
        asked = begin(store=store, found=of_queue(store_id), paper=PAPER, language=LANGUAGE, asks_worker=False)
    make_sheets(run_id=asked.pk)
    seconds = time.perf_counter() - began
    pdf = PrintRun.objects.values_list("pdf", flat=True).get(pk=asked.pk)
    return before, seconds, _pages(bytes(pdf or b""))


def _bare(html: Sequence[str]) -> tuple[int, float, int]:
    before, began = psutil.Process().memory_info().rss, time.perf_counter()
    import weasyprint

    made = [weasyprint.HTML(string=one).write_pdf() for one in html]
    return before, time.perf_counter() - began, sum(map(_pages, made))


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages) if pdf else 0
