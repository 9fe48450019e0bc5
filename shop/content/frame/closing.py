"""A reader closes a notice: one cookie names those that are closed and still there, and nothing else is kept."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.content.frame.read import frame_of
from shop.storefront.back import way_back

COOKIE: Final = "lintas_closed"
MONTH: Final = 30 * 24 * 60 * 60
MOST: Final = 20


def closed_by(request: HttpRequest) -> list[str]:
    """The keys of the notices that this reader closed."""
    return request.COOKIES.get(COOKIE, "").split(".")[:MOST]


@csrf_exempt  # somebody else's page could close a notice, and nothing more: no token on every page for that
@require_POST
def close_notice(request: HttpRequest) -> HttpResponse:
    """Back to the page without it; for a page that is open, nothing in its place."""
    there = [notice.key for notice in frame_of(request).notices if notice.is_closable]
    wanted = {*closed_by(request), request.POST.get("notice", "")}
    response = (
        HttpResponse()
        if request.headers.get("HX-Request")
        else HttpResponseRedirect(way_back(request, otherwise=reverse("shop-home")))
    )
    kept = ".".join(key for key in there if key in wanted)
    response.set_cookie(
        COOKIE, kept, max_age=MONTH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response
