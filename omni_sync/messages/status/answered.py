"""Somebody wrote to us: that they did is kept for a day, and a word that means stop is obeyed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.status.models import LastHeard
from omni_sync.messages.status.undeliverable import hashes_of, take_back
from omni_sync.messages.status.withdraw import withdraw

log = structlog.get_logger(__name__)

#: For so long after they wrote, WhatsApp lets us write what we like.
OPEN: Final = timedelta(hours=24)
#: Alone in a message, in any case, these end what nobody asked for; the short forms are what networks taught people.
STOPS: Final = frozenset(
    {
        "stop", "stopall", "stop all", "unsubscribe", "unsub", "cancel", "end", "quit", "optout", "opt out", "opt-out",
        "revoke", "stop promo", "stop promosi", "stop promotions", "hentikan promosi",
        "unreg", "setop", "berhenti", "hentikan", "berhenti langganan",
        "jangan kirim lagi",
    }
)  # fmt: skip


def answered(*, channel: str, address: str, text: str, at: datetime, number: str) -> bool:
    """Note that ``address`` wrote to us; whether that ended marketing by this channel. Told twice it is the same.

    ``number`` is the provider's own of it, which is the proof.
    """
    with transaction.atomic(durable=True):
        heard_from(channel=channel, address=address, at=at)
        take_back(channel=channel, address=address, at=at)
        if not means_stop(text):
            return False
        proof = f"{number}: {text.strip()[:80]}"
        ended = withdraw(channel=channel, address=address, at=at, proof=proof, number=number)
    log.info("somebody said stop", channel=channel, ended=ended)
    return bool(ended)


def means_stop(text: str) -> bool:
    """Whether these words are nothing but a wish to hear no more."""
    return " ".join(text.casefold().strip(" \t\r\n.!,'\"*_").split()) in STOPS


def heard_from(*, channel: str, address: str, at: datetime) -> None:
    """Remember the latest time."""
    now = timezone.now()
    hashed = hashes_of(address)[0]
    LastHeard.objects.bulk_create(
        [LastHeard(channel=channel, address_hash=hashed, at=min(at, now))], ignore_conflicts=True
    )
    LastHeard.objects.filter(channel=channel, address_hash=hashed, at__lt=min(at, now)).update(at=min(at, now))


def may_answer_freely(*, channel: str, address: str) -> bool:
    """Whether they wrote to us within the day."""
    since = timezone.now() - OPEN
    return LastHeard.objects.filter(channel=channel, address_hash__in=hashes_of(address), at__gt=since).exists()


def forget_heard() -> int:
    """Forget who wrote longer ago; how many."""
    return LastHeard.objects.filter(at__lt=timezone.now() - OPEN).delete()[0]
