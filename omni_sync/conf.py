"""The plugin's settings, each with the default it has in a project that says nothing."""

from __future__ import annotations

from django.conf import settings


def sold_status() -> str:
    """The status of an order that was sold and paid in a store."""
    return str(getattr(settings, "LINTAS_SOLD_STATUS", "Complete"))


def sold_line_status() -> str:
    """The status of such an order's lines."""
    return str(getattr(settings, "LINTAS_SOLD_LINE_STATUS", ""))


def voided_status() -> str:
    """The status of an order whose sale was voided."""
    return str(getattr(settings, "LINTAS_VOIDED_STATUS", "Cancelled"))


def encryption_keys() -> list[str]:
    """The keys that secrets are encrypted with: the first for writing, all of them for reading."""
    return list(getattr(settings, "LINTAS_ENCRYPTION_KEYS", ())) or [settings.SECRET_KEY]


def till_adapters() -> dict[str, str]:
    """Adapters a project adds to ours, by name, as dotted paths."""
    return dict(getattr(settings, "LINTAS_TILL_ADAPTERS", {}))
