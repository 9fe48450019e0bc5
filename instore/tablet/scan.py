"""A frame of the camera in, the text of its code out: what is done with it is the form's affair."""

from __future__ import annotations

from typing import Final

import zxingcpp
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from instore.devices.answering import text_of_frame
from instore.staff.guard import OnDuty, for_staff
from omni_sync.limits import Limit

Symbol = zxingcpp.BarcodeFormat
#: What is looked for: on the shopper's phone, and on goods.
SYMBOLS: Final = {
    "bag": zxingcpp.BarcodeFormats([Symbol.QRCode]),
    "article": zxingcpp.BarcodeFormats([Symbol.EANUPC, Symbol.QRCode, Symbol.DataMatrix, Symbol.Code128, Symbol.ITF]),
}
FRAMES: Final = Limit("staff-scan", most=150, seconds=60)  # of a device: a camera that sends all it can


@require_POST
@for_staff()
def scan(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """The text of the code in the JPEG that was sent; 204 where none is found in it."""
    symbols = SYMBOLS.get(request.GET.get("of", ""))
    if symbols is None:
        return HttpResponse(status=404)
    return text_of_frame(request, formats=symbols, limit=FRAMES, key=str(duty.device.pk))
