"""A receipt's token is shown by somebody with an account: the purchase is theirs, or will be when its sale arrives."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from instore.receipts.claims.attach import attach, check_free
from instore.receipts.claims.exceptions import AlreadyClaimed, TooManyWaiting
from instore.receipts.claims.models import WAITS, Claim
from instore.receipts.claims.said import token_in
from instore.receipts.claims.standing import check_standing
from instore.receipts.claims.turns import take_turn
from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.find import by_token
from instore.receipts.models import Receipt
from instore.receipts.tokens import token_hash
from omni_sync.oscar.models import Order
from omni_sync.people.account import person_of
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale

MOST_WAITING: Final = 20


@dataclass(frozen=True, slots=True)
class Claimed:
    """Where the purchase is: ``order`` is None while its sale has not arrived. ``is_new`` says whether it came now."""

    order: Any
    is_new: bool


def claim(*, token: str, user: Any) -> Claimed:
    """The purchase that ``token`` opens is in the account; said twice, it is there once. Moves no stock and no money.

    Of a sale that has not arrived it is remembered for 30 days. Raises NotAToken, ReceiptUnknown (two sales have this
    token, or it is a gift's), AlreadyClaimed, SaleTakenBack, AllReturned, TooOldToClaim and TooManyWaiting.
    """
    said = token_in(token)
    with suppress(ReceiptUnknown):
        by_token(said)  # issued before, by itself: that locks the order, which a void does after the sale
    return _claim(said, user)


@transaction.atomic(durable=True)
def _claim(token: str, user: Any) -> Claimed:
    digest = token_hash(token)
    take_turn(digest)
    person = person_of(user=user)
    try:
        receipt = by_token(token)
    except ReceiptUnknown:
        return _remember(digest, person)
    return _add(digest, receipt.order_id, person)


def _add(digest: bytes, order_id: int, person: Person) -> Claimed:
    order, sale = _locked(order_id)
    made = Claim.objects.filter(order=order).select_related("person").first()
    if made is not None:
        _check_mine(made, person)
        return Claimed(order, is_new=_came_back(made, order, sale, person))
    check_standing(order, sale)
    check_free(order=order, sale=sale, person=person)
    waited = _waiting(digest, person) or Claim(token_hash=digest, person=person)
    is_new = attach(claim=waited, order=order, sale=sale)
    return Claimed(order, is_new=is_new)


def _came_back(made: Claim, order: Any, sale: Sale | None, person: Person) -> bool:
    """Whether it had left the account: with a row of a till that was theirs when they claimed, and is another's now."""
    if sale is None or order.user_id is not None:
        return False
    if sale.person_id and Person.objects.alike(person).filter(pk=sale.person_id).exists():
        return False
    check_free(order=order, sale=sale, person=person)
    return attach(claim=made, order=order, sale=sale)


def _locked(order_id: int) -> tuple[Any, Sale | None]:
    """The order and its sale: of two who come at once, or of one and a void, the second finds what the first wrote."""
    sale = Sale.objects.select_for_update(of=("self",)).filter(order=order_id).first()
    orders = Order.objects.all() if sale else Order.objects.select_for_update(of=("self",))
    return orders.get(pk=order_id), sale


def _remember(digest: bytes, person: Person) -> Claimed:
    if Sale.objects.filter(claim_hash=digest.hex()).exists() or Receipt.objects.filter(gift_hash=digest).exists():
        raise ReceiptUnknown  # of more than one sale: nobody can say which is meant; or given away with a gift
    if _waiting(digest, person) is not None:
        return Claimed(None, is_new=False)
    now = timezone.now()
    mine = Person.objects.alike(person)
    if Claim.objects.waiting(now).filter(person__in=mine.values("pk")).count() >= MOST_WAITING:
        raise TooManyWaiting(MOST_WAITING)
    Claim.objects.create(token_hash=digest, person=person, expires_at=now + WAITS)
    return Claimed(None, is_new=True)


def _waiting(digest: bytes, person: Person) -> Claim | None:
    """The claim of this human that waits for this token; what waited too long is forgotten. Raises AlreadyClaimed."""
    now = timezone.now()
    Claim.objects.over(now).filter(token_hash=digest).delete()
    found = Claim.objects.filter(token_hash=digest).select_related("person").first()
    if found is not None:
        _check_mine(found, person)
    return found


def _check_mine(claim: Claim, person: Person) -> None:
    if claim.person.root_id != person.root_id:
        raise AlreadyClaimed
