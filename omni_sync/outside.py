"""Whom we speak to over HTTP: who is allowed by name, who is in our own house, and how long they ask us to wait."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from requests import RequestException
from requests_hardened.ip_filter import InvalidIPAddress, filter_host

from omni_sync import conf

LONGEST_WISH: Final = timedelta(hours=24)


def is_allowed(host: str) -> bool:
    """Whether this shop trusts the host by name, wherever it is."""
    return host.lower() in {name.lower() for name in conf.webhook_allowed_hosts()}


def is_inside(host: str) -> bool:
    """A host that needs no name server to know it is ours; only to tell somebody at once."""
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


def retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for (RFC 9110: seconds or a date), a day at most, for anybody may write it; None
    for none, or one that can't be read."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        wished = timedelta(seconds=int(text)) if len(text) < len("100000000") else LONGEST_WISH
        return min(wished, LONGEST_WISH)
    try:
        at = parsedate_to_datetime(text)
        wished = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(wished, timedelta(0)), LONGEST_WISH)
