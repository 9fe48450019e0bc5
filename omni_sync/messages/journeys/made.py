"""The message that a follow-up becomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from omni_sync import conf
from omni_sync.messages.journeys.decided import Decided
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.unsubscribe.tokens import new_token, token_hash
from omni_sync.oscar.models import Voucher


def made_of(one: Decided, told: Mapping[str, Any], offer: Voucher | None, now: datetime) -> Message:
    """The message, not written yet, with a link of its own to no more of this where nobody asked for it."""
    row = one.follow_up
    token = new_token()
    own: dict[str, Any] = {"step": row.step, "variant": row.variant}
    if offer is not None:
        own["offer"] = offer.code
    if one.is_marketing:
        own["stop"] = f"{conf.base_url()}{reverse('unsubscribe:page', kwargs={'token': token})}"
    return Message(
        key=f"follow-up:{row.pk}",
        kind=row.journey.trigger,
        channel=one.verdict.channel,
        purpose=one.purpose,
        person_id=row.person_id,
        to=one.verdict.to,
        language=one.language,
        data=sealed({**told, **own}),
        next_try_at=now,
        stop_hash=token_hash(token) if one.is_marketing else None,
    )
