"""Pages for when something went wrong. Those that must always work ask no database and know no visitor."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import escape_leading_slashes

from settings.logs.requests import PROBES, current_id

MAINTENANCE: Final = "maintenance"  # a file in the data folder; a number in it is the seconds it will take
MINUTE: Final = 60


def bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page of its own, in the reader's language, with the number under which the log has the request."""
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        language = translation.get_language() or settings.LANGUAGE_CODE
        context = {
            "shop_name": settings.OSCAR_SHOP_NAME,
            "request_id": current_id(),
            "home": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
            "again": escape_leading_slashes(request.path),
        }
        response = HttpResponse(render_to_string(template, context), status=status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return bare(request, "400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return bare(request, "500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return bare(request, "403_csrf.html", 403)


class Maintenance:
    """While the file is there every page is the one that says so; probes answer as ever, and static files above us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    @property
    def sign(self) -> Path:
        """What an operator makes to close the shop, and deletes to open it."""
        return Path(settings.DATA) / MAINTENANCE

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES or not self.sign.exists():
            return self.get_response(request)
        response = bare(request, "503.html", 503)
        response.headers["Retry-After"] = self._seconds()
        return response

    def _seconds(self) -> str:
        try:
            return str(int(self.sign.read_text()))
        except (ValueError, OSError):
            return str(5 * MINUTE)
