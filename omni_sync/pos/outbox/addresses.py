"""Where we would send events: not into our own house."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from requests import RequestException
from requests_hardened.ip_filter import InvalidIPAddress, filter_host

from omni_sync import conf
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
    if _is_inside(host):
        raise WebhookRefused(WhyNotThere.ADDRESS)


def is_allowed(host: str) -> bool:
    """Whether this shop trusts the host by name, wherever it is."""
    return host.lower() in {name.lower() for name in conf.webhook_allowed_hosts()}


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


def _is_inside(host: str) -> bool:
    """A host that needs no name server to know it is ours; only to tell a person at once."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        ipaddress.ip_address(host)
        filter_host(host, 443, allow_loopback=False)
    except InvalidIPAddress:
        return True
    except (ValueError, RequestException):
        return False
    return False
