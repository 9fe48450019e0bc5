"""Where we would send events: not into our own house."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from omni_sync.outside import is_allowed, is_inside
from omni_sync.pos.outbox.exceptions import WebhookRefused, WhyNotThere

LONGEST: Final = 200  # as the column has it


def check_webhook(url: str) -> None:
    """Raise WebhookRefused for an address we never send to.

    https only, unless the host is allowed by name or this is a machine of developers. What its name resolves to is
    checked when we connect, each time.
    """
    parts = _parts(url)
    host = (parts.hostname or "").lower()
    if is_allowed(host):
        return
    if parts.scheme != "https" and not settings.DEBUG:
        raise WebhookRefused(WhyNotThere.SCHEME)
    if is_inside(host):
        raise WebhookRefused(WhyNotThere.ADDRESS)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise WebhookRefused(WhyNotThere.SHAPE) from None
    odd = parts.username is not None or parts.fragment or not url.isascii() or not url.isprintable() or " " in url
    if not fine or odd or len(url) > LONGEST:
        raise WebhookRefused(WhyNotThere.SHAPE)
    return parts
