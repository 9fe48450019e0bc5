"""``kiosk_scan``: from a picture of the kiosk's camera to the page of the article in it, decoded by the server."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from typing import Any, Final

import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image

from instore.devices.enrol import enrol
from instore.devices.invite import invite
from instore.devices.models import Kind
from instore.devices.tokens import COOKIE
from instore.stores.models import Store
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.catalogue.gtin import check_digit
from omni_sync.catalogue.identify import set_gtins
from omni_sync.oscar.models import Product
from settings.bench.addresses import EMPTY
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.rows import Row, Size, middle, percentile
from settings.bench.screens import Browser
from settings.bench.server import serving
from settings.bench.tablets import cookie_of, cookies_of

SHOPS: Final = 5
ARTICLES: Final = 40
SCANS_A_SECOND: Final = 2  # nobody holds one thing after the other faster before a camera
FRAME: Final = (1280, 720)
MOST_MILLISECONDS: Final = 500


def run(size: Size) -> Iterator[Row]:
    """Articles held before the camera one after the other, and the same bytes posted to the empty view in turn."""
    partners = open_shops(SHOPS)
    products = make_products(max(size.products, ARTICLES))
    stock(partners, products, 9)
    numbers = _number(Product.objects.filter(pk__in=products[:ARTICLES]).order_by("pk"))
    rebuild_entries()
    kiosk = _kiosk(Store.objects.get(pk=partners[0]))
    frames = [(number, _frame(number)) for number in numbers]
    settle_down()
    many = max(round(size.seconds * SCANS_A_SECOND), 2)
    with serving() as port:
        asyncio.run(_scans(port, kiosk, frames[:3]))
        rounds = [
            (
                asyncio.run(_scans(port, kiosk, list(islice(cycle(frames), many)))),
                asyncio.run(_bare(port, [picture for _, picture in islice(cycle(frames), many)])),
            )
            for _ in range(size.rounds)
        ]
    yield _row(rounds, many=many)


def _row(rounds: Sequence[tuple[list[float], list[float]]], *, many: int) -> Row:
    p95s = [(percentile(ours, 95), percentile(bare, 95)) for ours, bare in rounds]
    figure, limit = middle(p95s)
    took = [one for ours, _ in rounds for one in ours]
    return Row(
        name="kiosk-scan", unit="ms at p95", figure=figure, limit=limit, most_figure=MOST_MILLISECONDS,
        limit_is="an empty view of the same server taking the same picture, then a form, then read",
        checks={f"{len(took)} of {many * len(rounds)} scans ended at their article": len(took) == many * len(rounds)},
        details={
            "articles": ARTICLES, "shops": SHOPS, "frame": list(FRAME),
            **{f"p{share}": round(percentile(took, share), 1) for share in (50, 95, 99)},
            "rounds": [[round(ours, 1), round(bare or 0, 1)] for ours, bare in p95s],
        },
    )  # fmt: skip


async def _scans(port: int, kiosk: Client, frames: Sequence[tuple[str, bytes]]) -> list[float]:
    """Milliseconds of each: the picture there, its text back, the text sent, the article's page read."""
    browser, took = Browser(port, cookie=cookie_of(kiosk)), []
    csrf = cookies_of(kiosk)["csrftoken"]
    for number, picture in frames:
        began = time.perf_counter()
        said = await browser.send(
            reverse("kiosk:frame"), picture, **{"Content-Type": "image/jpeg", "X-CSRFToken": csrf}
        )
        form = {"csrfmiddlewaretoken": csrf, "said": said.body.decode()}
        page = await browser.follow(await browser.post(reverse("kiosk:scan"), form))
        took.append(1000 * (time.perf_counter() - began))
        if number.encode() not in page.body:
            raise RuntimeError(f"{said.body[:100]!r} is not {number}")
        await asyncio.sleep(1 / SCANS_A_SECOND)
    browser.close()
    return took


async def _bare(port: int, pictures: Sequence[bytes]) -> list[float]:
    """The same way with nothing of ours on it."""
    browser, took = Browser(port), []
    for picture in pictures:
        began = time.perf_counter()
        await browser.send(EMPTY, picture, **{"Content-Type": "image/jpeg"})
        await browser.post(EMPTY, {"csrfmiddlewaretoken": 64 * "x", "said": 13 * "0"})
        await browser.get(EMPTY)
        took.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(1 / SCANS_A_SECOND)
    browser.close()
    return took


def _number(products: Iterable[Product]) -> list[str]:
    """Give each a GTIN of the example prefix."""
    numbers = []
    for serial, product in enumerate(products):
        payload = f"952{serial:09}"
        (gtin,) = set_gtins(product=product, values=[f"{payload}{check_digit(payload)}"])
        numbers.append(gtin.value)
    return numbers


def _kiosk(store: Store) -> Client:
    """A browser that is a kiosk of the store, with a visitor before it."""
    _, token = enrol(typed=invite(store=store, kind=Kind.KIOSK, name="By the door", by=None).code)
    kiosk = Client(SERVER_NAME="localhost")
    kiosk.cookies[COOKIE] = token
    kiosk.get(reverse("kiosk:attract"))
    kiosk.post(reverse("kiosk:begin"), {"language": "en"})
    return kiosk


def _frame(gtin: str) -> bytes:
    """What the camera sends: the article's EAN-13 on a grey table, as scan.js makes its JPEG."""
    drawn: Any = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(gtin[1:], zxingcpp.BarcodeFormat.EAN13), scale=5
    )
    printed: Any = memoryview(drawn)
    symbol = Image.frombuffer("L", (printed.shape[1], printed.shape[0]), printed.tobytes())
    table, written = Image.new("RGB", FRAME, (120, 118, 110)), io.BytesIO()
    table.paste(symbol, ((FRAME[0] - symbol.width) // 2, (FRAME[1] - symbol.height) // 2))
    table.save(written, "JPEG", quality=70)
    return written.getvalue()
