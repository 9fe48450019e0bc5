"""A message on its way to its provider."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone, translation

from omni_sync import conf
from omni_sync.messages.channels.port import Asks, Parcel
from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.status.withdraw import withdraw
from omni_sync.messages.words import spoken


def written(message: Message) -> Parcel:
    """The message as its channel takes it."""
    facts = message.facts
    assert facts is not None, "a message that waits is whole"
    language = spoken(message.language)
    channel = channel_of(message.channel)
    with translation.override(language):
        words = channel.write(message.kind, facts)
    return Parcel(
        number=hashlib.sha256(message.key.encode()).hexdigest()[:32],
        to=message.to,
        words=words,
        kind=message.kind,
        language=language,
        is_marketing=message.purpose == Purpose.MARKETING,
        stop=str(facts.get("stop", "")),
        host=urlsplit(conf.base_url()).hostname or "localhost",
        known=channel.look_up(message.to) if isinstance(channel, Asks) else None,
    )


def hand_over(channel: str, parcel: Parcel) -> str:
    """The provider's number of it; no query."""
    return channel_of(channel).send(parcel)


def learn(channel: str, parcel: Parcel) -> None:
    """Write down what handing it over found to be no more, and what the reader had told the provider."""
    if parcel.noes:
        with transaction.atomic():
            withdraw(channel=channel, address=parcel.to, at=timezone.now(), proof=f"{parcel.number}: {parcel.noes[0]}")
    way = channel_of(channel)
    if parcel.ended and isinstance(way, Asks):
        way.learn(parcel)
