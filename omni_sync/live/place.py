"""Where what changed is announced: one channel of a Redis or Valkey for each shop."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import connections

SECONDS: Final = 0.5  # to connect, and for an answer


def address() -> str | None:
    """``LINTAS_LIVE_URL``, else the project's ``REDIS_URL``; without either pages don't follow by themselves."""
    return getattr(settings, "LINTAS_LIVE_URL", None) or getattr(settings, "REDIS_URL", None)


def channel() -> str:
    """The shop's own: others, and tests that run beside each other, may share the server."""
    prefix = settings.CACHES.get("default", {}).get("KEY_PREFIX", "")
    return f"{prefix}:{connections['default'].settings_dict['NAME']}:live"
