"""What was asked for and agreed to is done: each request in a transaction, all of it or nothing."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from omni_sync import conf
from omni_sync.messages.say import say
from omni_sync.privacy.erase import erase
from omni_sync.privacy.exceptions import StillOpen, WorksHere
from omni_sync.privacy.human import Human, human_of, humans_at
from omni_sync.privacy.models import KEPT, Packet, PrivacyRequest
from omni_sync.privacy.pack import held_of, zipped
from omni_sync.transactions import inside_transaction

log = structlog.get_logger(__name__)
Kind, Outcome = PrivacyRequest.Kind, PrivacyRequest.Outcome
TOKEN_BYTES: Final = 32
LONGEST: Final = 255


def do_requests() -> int:
    """Do all that was agreed to; how many. One that can't be done now is tried again, and stops no other."""
    return sum(_do(pk) for pk in list(PrivacyRequest.objects.agreed().values_list("pk", flat=True)))


def forget_packets() -> int:
    """Drop the files whose week is over, or that were taken; how many."""
    over = Packet.objects.exclude(pk__in=Packet.objects.ready(timezone.now()).values("pk"))
    return over.delete()[0]


def _do(request_id: int) -> bool:
    try:
        with transaction.atomic(durable=True):
            return carry_out(request_id=request_id)
    except Exception as failure:  # somebody paid in the same moment, a receiver of somebody's own; nothing is done yet
        log.error("privacy request waits", request=request_id, reason=type(failure).__name__)
        return False


@inside_transaction
def carry_out(*, request_id: int) -> bool:
    """Do what this request is about; False when somebody else does it, it is done, or orders hold it up."""
    request = (
        PrivacyRequest.objects.agreed().select_for_update(skip_locked=True, of=["self"]).filter(pk=request_id).first()
    )
    if request is None:
        return False
    human = human_of(request.person) if request.person else humans_at(request.contact)
    try:
        outcome = _done(request, human) if human.addresses or human.is_known else Outcome.NOBODY
    except (StillOpen, WorksHere) as refusal:
        held_up_by = ", ".join(refusal.orders) if isinstance(refusal, StillOpen) else ""
        PrivacyRequest.objects.filter(pk=request.pk).update(agreed_at=None, held_up_by=held_up_by[:LONGEST])
        return False
    settled = {"done_at": timezone.now(), "outcome": outcome, "person": None, "contact": "", "reply_to": ""}
    PrivacyRequest.objects.filter(pk=request.pk).update(**settled)
    log.info("privacy request done", request=request.pk, kind=request.kind, outcome=str(outcome))
    return True


def _done(request: PrivacyRequest, human: Human) -> PrivacyRequest.Outcome:
    if request.kind == Kind.ERASURE:
        erase(human=human)
        Packet.objects.filter(person_ids__overlap=list(human.person_ids)).delete()
        return Outcome.FORGOTTEN
    if not human.is_known:
        return Outcome.NOBODY
    _hand_over(request, human, zipped(held_of(human)))
    return Outcome.HANDED_OVER


def _hand_over(request: PrivacyRequest, human: Human, body: bytes) -> None:
    """To the account that asked; else by a link in a letter to who wrote."""
    until = timezone.now() + KEPT
    packet = Packet(request=request, person_ids=list(human.person_ids), body=body, until=until)
    if request.person is not None:
        packet.user_id = request.person.user_id
        packet.save(force_insert=True)
        return
    token = secrets.token_urlsafe(TOKEN_BYTES)
    packet.token_hash = hash_of(token)
    packet.save(force_insert=True)
    link = conf.base_url() + reverse("privacy-packet", args=[token])
    facts = {"link": link, "days": KEPT.days}
    say(key=f"privacy-{request.pk}", kind="privacy_packet", to=request.reply_to, language=request.language, data=facts)


def hash_of(token: str) -> bytes:
    """What is kept of the token in a link."""
    return hashlib.sha256(token.encode()).digest()
