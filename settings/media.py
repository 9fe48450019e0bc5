"""Uploaded files of one machine; where there are more, the proxy serves them and says the same: see docs/operate.md."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

from settings.content_policy import HEADER

#: Nothing in a file that somebody uploaded is run here, whatever it says it is.
NOTHING_RUNS: Final = "default-src 'none'; sandbox"
SHOWN: Final = ("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/webm")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture is shown, anything else is a download."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers[HEADER] = NOTHING_RUNS
    if response.headers.get("Content-Type", "").partition(";")[0] not in SHOWN:
        response.headers["Content-Disposition"] = "attachment"
    return response
