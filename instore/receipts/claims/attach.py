"""The purchase is theirs who hold its receipt: in the account, on the timeline, among what sizes learn from."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from instore.receipts.claims.exceptions import AlreadyClaimed
from instore.receipts.claims.models import Claim
from omni_sync.people.models import Person
from omni_sync.sales.guests import take_over
from omni_sync.sales.models import Sale
from omni_sync.sales.touch import touch_document, untouch
from omni_sync.transactions import inside_transaction


@inside_transaction
def check_free(*, order: Any, sale: Sale | None, person: Person) -> None:
    """Refuse what is of somebody else who has an account. Raises AlreadyClaimed.

    Whom a till named without an account has nowhere to look at it: the one who holds the receipt does.
    """
    if order.user_id is not None and order.user_id not in _accounts(person):
        raise AlreadyClaimed
    owner = sale.person if sale else None
    if owner is not None and owner.root_id != person.root_id and _accounts(owner):
        raise AlreadyClaimed


@inside_transaction
def attach(*, claim: Claim, order: Any, sale: Sale | None) -> bool:
    """Complete ``claim`` with ``order``; whether it was not in this account before.

    The caller has locked the order, or made it in this transaction.
    """
    is_new = _join(claim, order, sale)
    claim.order, claim.completed_at, claim.expires_at = order, timezone.now(), None
    claim.save()
    return is_new


def _join(claim: Claim, order: Any, sale: Sale | None) -> bool:
    if order.user_id is not None:
        return False
    if sale is None or order.guest_email:
        take_over(user=claim.person.user, person=claim.person, orders=[order])
    if sale is None:
        return True
    if sale.person_id and Person.objects.alike(claim.person).filter(pk=sale.person_id).exists():
        return bool(order.guest_email)
    claim.instead_of_id = sale.person_id
    Sale.objects.filter(pk=sale.pk).update(person=claim.person)
    untouch(sale_ids=[sale.pk])
    sale.person = claim.person
    touch_document(sale)
    return True


def _accounts(person: Person) -> set[int]:
    """The accounts of the human that ``person`` is a row of."""
    rows = Person.objects.alike(person).exclude(user=None)
    return set(rows.values_list("user", flat=True))
