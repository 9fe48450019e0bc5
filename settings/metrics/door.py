"""``/metrics``: for this machine itself, or whoever has the token; open in the demo."""

import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from settings.metrics.parts import Scrape

FORWARDED: Final = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """200 with what could be read; 401 for a wrong token or none, 404 where there is no token to be had."""
    if not may_read(request):
        if not settings.METRICS_TOKEN:
            return HttpResponse(status=404)
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Scrape())
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry), content_type=content_type)


def may_read(request: HttpRequest) -> bool:
    if settings.METRICS_OPEN or is_from_here(request):
        return True
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    told = settings.METRICS_TOKEN
    return bool(told) and scheme.lower() == "bearer" and constant_time_compare(token.strip(), told)


def is_from_here(request: HttpRequest) -> bool:
    """From this machine and by no proxy: what a proxy beside us hands on comes from anywhere."""
    if any(header in request.headers for header in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
