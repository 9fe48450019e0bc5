"""What a scanner or the camera of a kiosk reads, and the page that it opens."""

from __future__ import annotations

import time
from typing import Any, Final

import zxingcpp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from instore.devices.answering import text_of_frame
from kiosk.links.later import later
from kiosk.links.models import Scan
from kiosk.links.scans import Seen
from kiosk.station import visit
from kiosk.station.door import Here, at_kiosk
from kiosk.station.views import page
from omni_sync.carts.handoff.exceptions import HandOffGone
from omni_sync.carts.handoff.find import by_token
from omni_sync.catalogue.gtin import LENGTHS
from omni_sync.catalogue.models import Gtin
from omni_sync.gs1.said import Item, OurLink, Said, Text, read
from omni_sync.limits import Limit
from omni_sync.oscar.models import StockRecord

Symbol = zxingcpp.BarcodeFormat
Channel = Scan.Channel
SYMBOLS: Final = zxingcpp.BarcodeFormats(
    [Symbol.EANUPC, Symbol.QRCode, Symbol.DataMatrix, Symbol.Code128, Symbol.ITF, Symbol.DataBar]
)
FRAMES: Final = Limit("kiosk-frames", most=150, seconds=60)  # of a device: a camera that sends all it can
LONGEST: Final = 500
SAME_FOR: Final = 2.0  # seconds in which a linear and a 2D symbol of one article are read


@require_POST
@at_kiosk
def frame(request: HttpRequest, here: Here) -> HttpResponse:
    """The text of the code in the JPEG that was sent; 204 where none is found in it."""
    return text_of_frame(request, formats=SYMBOLS, limit=FRAMES, key=str(here.device.pk))


@require_POST
@at_kiosk
def scan(request: HttpRequest, here: Here) -> HttpResponse:
    """Open what was scanned: an article's page, or the basket of a phone. Whoever scans has begun a visit."""
    said = read(request.POST.get("said", "").replace("\x00", "")[:LONGEST])
    visit.begin(request, device=here.device)
    if isinstance(said, OurLink) and said.kind == "hand-off":
        return _basket(request, here, said.token)
    found = _article(said, here)
    if found is None:
        return page(request, here, "kiosk/nothing.html", status=404)
    number, product, style = found
    if note(request, product):
        seen = Seen(timezone.now(), Channel.KIOSK, product_id=product, style_id=style, store_id=here.store.pk)
        later.add(seen)  # written when the visitor has been answered
    return redirect("kiosk:product", number=number)


def note(request: HttpRequest, product: int) -> bool:
    """Whether this is a scan of its own: False for the other symbol of the article that was scanned just now."""
    with visit.in_turn(request):
        before, now = visit.remembered(request, visit.SCANNED), time.time()
        if before and before["product"] == product and now - before["at"] < SAME_FOR:
            return False
        visit.remember(request, visit.SCANNED, {"product": product, "at": now})
    return True


def _article(said: Said, here: Here) -> tuple[str, int, int | None] | None:
    """What its page is found by, its own number and its style's: of a GTIN, or of the SKU that this store has."""
    if isinstance(said, Item):
        known = Gtin.objects.filter(value=said.gtin).values_list("value", "product", "product__parent")
        return known.first() or _of_sku(here, partner_sku__in=_as_printed(said.gtin))
    if not isinstance(said, Text) or not said.text:
        return None
    return _of_sku(here, partner_sku__iexact=said.text)


def _of_sku(here: Here, **sku: Any) -> tuple[str, int, int | None] | None:
    mine = StockRecord.objects.filter(partner=here.store.partner_id, **sku)
    found = mine.values_list("product", "product__parent").first()
    return (str(found[0]), *found) if found else None


def _as_printed(gtin: str) -> list[str]:
    """The number as it may stand on the article; a SKU of digits can look like one, or be one."""
    return [gtin[-length:] for length in LENGTHS if not gtin[:-length].strip("0")]


def _basket(request: HttpRequest, here: Here, token: str) -> HttpResponse:
    try:
        visit.remember(request, visit.OPENED, by_token(token).pk)
    except HandOffGone as over:
        return page(request, here, "kiosk/basket_gone.html", {"why": over.why.value}, status=410)
    return redirect("kiosk:receive")
