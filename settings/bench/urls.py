"""The shop's addresses and an empty view and a bare page: what the same server can do when nothing is asked of it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from instore.pickup import views as pickups
from instore.stores import api as stores
from omni_sync.pos import api as tills
from settings.bench.addresses import EMPTY, WORD
from settings.urls import urlpatterns as everything

UNREACHED: Final = 1_000_000_000

# Requests are still counted, by the shared cache, but nobody is turned away.
stores.limit.most = tills.limit.most = pickups.looks.most = UNREACHED


@csrf_exempt
def empty(request: HttpRequest) -> HttpResponse:
    """Take the body, answer nothing."""
    request.read()
    return HttpResponse(b"")


def word(request: HttpRequest) -> HttpResponse:
    """The least that a browser can paint."""
    return HttpResponse("<!doctype html><title>-</title><p>-")


urlpatterns = [path(EMPTY.removeprefix("/"), empty), path(WORD.removeprefix("/"), word), *everything]
