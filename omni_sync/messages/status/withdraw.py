"""Somebody said no where no page of ours is: by answering STOP, or by calling a letter unwanted."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone

from omni_sync.messages.models import Channel, Purpose
from omni_sync.messages.preferences.preferred import language_of
from omni_sync.people.consent import Statement, note
from omni_sync.people.models import Consent, Identifier, Person
from omni_sync.people.normal import normal
from omni_sync.people.standing import may
from omni_sync.people.wordings import wording_of
from omni_sync.transactions import inside_transaction

KINDS: Final = {
    Channel.EMAIL: Identifier.Kind.EMAIL,
    Channel.SMS: Identifier.Kind.PHONE,
    Channel.WHATSAPP: Identifier.Kind.PHONE,
}


@inside_transaction
def withdraw(
    *, channel: str, address: str, at: datetime, proof: str, language: str = "", person_id: int | None = None,
    number: str = "",
) -> int:  # fmt: skip
    """Take back what the owners of this address agreed to hear by this channel; of how many that is.

    Whoever has the address counts, proved or not: who heard a no must not go on. ``number``, with which ``proof``
    begins, is of one thing that was said once: told again it takes back nothing that was agreed to since.
    """
    owners = _owners(channel, address, person_id)
    said = [
        Statement(
            person_id=one, channel=channel, purpose=Purpose.MARKETING, state=Consent.State.WITHDRAWN,
            at=min(at, timezone.now()), proof=proof[:500], wording=wording.text, wording_version=wording.version,
            locale=wording.language,
        )
        for root in sorted(owners)
        if may(person_id=root, channel=channel, purpose=Purpose.MARKETING) and not _is_told(root, channel, number)
        for one in sorted(owners[root])
        for reads in [language or language_of(one)]
        for wording in [wording_of(channel=channel, purpose=Purpose.MARKETING, language=reads)]
    ]  # fmt: skip
    if said:
        note(statements=said, source=f"answer by {channel}")
    return sum(1 for rows in owners.values() if rows & {one.person_id for one in said})


def _is_told(root: int, channel: str, number: str) -> bool:
    """Whether this human's no of this number is written down."""
    theirs = Q(person=root) | Q(person__merged_into=root)
    noes = Consent.objects.filter(theirs, channel=channel, state=Consent.State.WITHDRAWN)
    return bool(number) and noes.filter(proof__startswith=f"{number}: ").exists()


def _owners(channel: str, address: str, person_id: int | None) -> dict[int, set[int]]:
    """By root the rows that have the address, or that it was sent to: parted, each of them has said so."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, root in Person.objects.filter(having(channel, address) | Q(pk=person_id)).values_list("pk", "merged_into"):
        found[root or pk].add(pk)
    return found


def having(channel: str, address: str) -> Q:
    """The rows of persons that have this address, proved or not; none where the channel has no such addresses."""
    kind = KINDS.get(Channel(channel))
    if not kind or not address:
        return Q(pk__in=[])
    return Q(pk__in=Identifier.objects.filter(kind=kind, value=normal(kind, address)).values("person"))
