"""A provider's event is durable before anybody asks what it means."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from django.db import transaction

from omni_sync.payments import provider
from omni_sync.payments.exceptions import Malformed
from omni_sync.payments.models import Notice
from omni_sync.poke import poke_once

log = structlog.get_logger(__name__)


def receive(*, through: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Keep a signed event; False for one that was heard before. Headers by lower-case name.

    Raises Unauthorised before anything is read, and Malformed.
    """
    told = provider(through).read(body=body, headers=headers)
    if not _fits(told.event_id, 255) or not _fits(told.type, 128):
        raise Malformed
    ours = {"key": _kept(told.key, 64), "session": _kept(told.session, 255), "intent": _kept(told.intent, 255)}
    with transaction.atomic(durable=True):
        _, is_new = Notice.objects.get_or_create(
            provider=through, event_id=told.event_id, defaults={"type": told.type, "body": body, **ours}
        )
        if is_new:
            transaction.on_commit(_wake_a_worker, robust=True)
    log.info("payment notice kept", provider=through, type=told.type, is_new=is_new)
    return is_new


def _fits(text: str, most: int) -> bool:
    return 0 < len(text) <= most and "\x00" not in text


def _kept(text: str, most: int) -> str:
    """Numbers that can't be ours are as good as none."""
    return text if _fits(text, most) else ""


def _wake_a_worker() -> None:
    from omni_sync.payments.tasks import read_notices

    poke_once(read_notices)
