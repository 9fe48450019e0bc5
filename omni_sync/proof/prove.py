"""Somebody read the letter: the address is theirs, and so is what was ordered with it as a guest."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from omni_sync.people.account import person_of, source_of
from omni_sync.people.models import Identifier
from omni_sync.people.normal import normal
from omni_sync.people.turns import take_turn
from omni_sync.people.verify import verify
from omni_sync.proof.exceptions import ProvesNothing
from omni_sync.proof.models import EmailProof
from omni_sync.proof.tokens import code_hashes, token_hash
from omni_sync.sales.guests import take_over_orders
from omni_sync.spoken import as_code

Proof = Identifier.Proof


def proof_of(token: str) -> EmailProof:
    """The letter with this link, used up by nothing. Raises ProvesNothing."""
    open_ones = EmailProof.objects.open(timezone.now()).select_related("user")
    return _still_good(open_ones.filter(token_hash=token_hash(token)).first())


def opened_before(proof_id: int | None) -> EmailProof:
    """The letter whose link this session has opened. Raises ProvesNothing."""
    return _still_good(EmailProof.objects.open(timezone.now()).select_related("user").filter(pk=proof_id or 0).first())


def by_opened(*, proof_id: int | None) -> int:
    """As ``by_code``, for whoever opened the link, signed in or not. Raises ProvesNothing."""
    return _prove(opened_before(proof_id), Proof.LINK)


def by_code(*, user: Any, said: str) -> int:
    """The account's address is proved; how many orders of guests came with it. Raises ProvesNothing."""
    code = as_code(said)
    rows = EmailProof.objects.open(timezone.now()).select_related("user")
    found = rows.filter(user=user, code_hash__in=code_hashes(user.pk, code)).first() if code else None
    return _prove(_still_good(found), Proof.CODE)


def is_proved(user: Any) -> bool:
    """Whether the address that the account has now was proved."""
    value = normal("email", user.email or "")
    mine = Identifier.objects.filter(person__user=user, kind=Identifier.Kind.EMAIL, value=value)
    return mine.exclude(verified_at=None).exists()


def _still_good(proof: EmailProof | None) -> EmailProof:
    if proof is None or normal("email", proof.user.email or "") != proof.email:
        raise ProvesNothing
    return proof


@transaction.atomic(durable=True)
def _prove(proof: EmailProof, how: Identifier.Proof) -> int:
    take_turn()  # before any row: whoever is forgotten meanwhile takes it first as well
    user = get_user_model()._default_manager.select_for_update(no_key=True).filter(pk=proof.user_id).first()
    if user is None or normal("email", user.email or "") != proof.email:
        raise ProvesNothing  # it moved to another address meanwhile
    if not EmailProof.objects.open(timezone.now()).filter(pk=proof.pk).update(used_at=timezone.now()):
        raise ProvesNothing  # somebody was faster
    person = person_of(user=user)
    mine = Identifier.objects.filter(kind=Identifier.Kind.EMAIL, value=proof.email, source=source_of(proof.user_id))
    verify(identifier_ids=list(mine.values_list("pk", flat=True)), proof=how)
    return take_over_orders(user=user, person=person, email=proof.email)
