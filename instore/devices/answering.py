"""What a device is answered whose camera sends a frame."""

from __future__ import annotations

import zxingcpp
from django.http import HttpRequest, HttpResponse

from instore.devices.frame import MOST_BYTES, NotAPicture, TooLarge, text_in
from omni_sync.limits import Limit


def text_of_frame(request: HttpRequest, *, formats: zxingcpp.BarcodeFormats, limit: Limit, key: str) -> HttpResponse:
    """The text of the code in the JPEG that was sent; 204 where none is found in it. ``limit`` counts by ``key``."""
    wait = limit.refusal(key)
    if wait is not None:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    if request.content_type != "image/jpeg":
        return HttpResponse(status=415)
    try:
        text = text_in(request.read(MOST_BYTES + 1), formats=formats)
    except TooLarge:
        return HttpResponse(status=413)
    except NotAPicture:
        return HttpResponse(status=415)
    return HttpResponse(text, content_type="text/plain; charset=utf-8") if text else HttpResponse(status=204)
