"""A list of nobody we know: a browser or a kiosk keeps it, and hands it over by its token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from omni_sync.lists.add import list_of, take_turn
from omni_sync.lists.find import by_id
from omni_sync.lists.models import LIFE, NOTE, AnonymousLine, AnonymousList, ListNote
from omni_sync.lists.tokens import new_token, token_hash
from omni_sync.oscar.models import Product, WishLine


@dataclass(frozen=True, slots=True)
class Want:
    """One thing to be put on a list."""

    product_id: int
    quantity: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A new list, and the token that opens it, told this once."""

    pk: int
    token: str = field(repr=False)


@transaction.atomic
def keep(*, wants: Sequence[Want]) -> Kept:
    """A new list of nobody with these things, for thirty days; what the shop does not show is left out."""
    token = new_token()
    made = AnonymousList.objects.create(token_hash=token_hash(token), until=timezone.now() + LIFE)
    _write(made, wants)
    return Kept(made.pk, token)


@transaction.atomic
def keep_too(*, list_id: int, wants: Sequence[Want]) -> int:
    """Put these things on the list as well; how many were not on it. Raises ListGone."""
    AnonymousList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
    found = by_id(list_id)
    before = found.lines.count()
    _write(found, wants)
    return found.lines.count() - before


def take_off(*, list_id: int, product_id: int) -> bool:
    """Take a thing off the list; whether it was on it."""
    return bool(AnonymousLine.objects.filter(anonymous_list=list_id, product=product_id).delete()[0])


@transaction.atomic
def take_over(*, user_id: int, wants: Sequence[Want]) -> int:
    """Put these things on the member's own list, those that are not on it already; how many came.

    All of them or none; what is on it stays as it is.
    """
    take_turn(user_id)
    own = list_of(user_id)
    there = set(WishLine.objects.filter(wishlist=own).values_list("product", flat=True))
    titles = {product.pk: product.get_title()[:255] for product in _shown(wants)}
    new = [want for want in _once(wants) if want.product_id in titles and want.product_id not in there]
    for want in new:
        line = WishLine.objects.create(
            wishlist=own, product_id=want.product_id, quantity=want.quantity, title=titles[want.product_id]
        )
        if want.note:
            ListNote.objects.create(line=line, note=want.note[:NOTE])
    return len(new)


def wants_of(found: AnonymousList) -> list[Want]:
    """What is on such a list, in its order."""
    rows = AnonymousLine.objects.filter(anonymous_list=found).order_by("pk")
    return [Want(*row) for row in rows.values_list("product", "quantity", "note")]


def _write(to: AnonymousList, wants: Sequence[Want]) -> None:
    """What is on it already stays as it is."""
    shown = {product.pk for product in _shown(wants)}
    lines = [
        AnonymousLine(anonymous_list=to, product_id=want.product_id, quantity=want.quantity, note=want.note[:NOTE])
        for want in _once(wants)
        if want.product_id in shown
    ]
    AnonymousLine.objects.bulk_create(lines, ignore_conflicts=True)


def _once(wants: Sequence[Want]) -> list[Want]:
    first: dict[int, Want] = {}
    for want in wants:
        first.setdefault(want.product_id, want)
    return list(first.values())


def _shown(wants: Sequence[Want]) -> QuerySet[Product]:
    """Those that the shop shows."""
    wanted = [want.product_id for want in wants]
    found: QuerySet[Product] = Product.objects.filter(pk__in=wanted, is_public=True).exclude(parent__is_public=False)
    return found.select_related("parent")
