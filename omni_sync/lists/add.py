"""Something goes onto a shopper's list: by the shopper, or by an associate under her own name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.lists.exceptions import NoteTooLong, UnknownProduct
from omni_sync.lists.models import NOTE, ListNote
from omni_sync.oscar.models import Product, WishLine, WishList
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Adviser:
    """Who puts it there for the shopper; ``store_id`` is the Partner's."""

    name: str
    store_id: int
    associate_key: str


@transaction.atomic
def add_to_list(*, user_id: int, product_id: int, note: str = "", adviser: Adviser | None = None) -> WishLine:
    """The line of the shopper's own list that has the product, put there if it was not; said again, nothing is doubled.

    A shopper without a list gets one. ``note`` is said under the name of ``adviser``, and takes the place of an older
    one. Raises UnknownProduct and NoteTooLong; nothing is changed then.
    """
    words = note.strip()
    if len(words) > NOTE:
        raise NoteTooLong(len(words), NOTE)
    product = Product.objects.filter(pk=product_id, is_public=True).select_related("parent").first()
    if product is None or (product.parent is not None and not product.parent.is_public):
        raise UnknownProduct(product_id)
    take_turn(user_id)
    line, _ = WishLine.objects.get_or_create(
        wishlist=list_of(user_id), product=product, defaults={"title": product.get_title()[:255]}
    )
    if words or adviser:
        _say(line, words, adviser)
    return line


@inside_transaction
def take_turn(user_id: int) -> None:
    """Wait until nobody else puts something on this shopper's lists. Raises the user model's DoesNotExist."""
    # no_key: rows that refer to the account must not have to wait for us.
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


@inside_transaction
def list_of(user_id: int) -> WishList:
    """The shopper's own list: the oldest, made if there is none. The caller has taken the turn."""
    own = WishList.objects.filter(owner=user_id).order_by("date_created", "pk").first()
    return own or WishList.objects.create(owner_id=user_id)


def _say(line: WishLine, note: str, adviser: Adviser | None) -> None:
    said = {
        "note": note,
        "adviser_name": adviser.name if adviser else "",
        "store_id": adviser.store_id if adviser else None,
        "associate_key": adviser.associate_key if adviser else "",
    }
    known = ListNote.objects.filter(line=line).first()
    if known is None or any(getattr(known, name) != value for name, value in said.items()):
        ListNote.objects.update_or_create(line=line, defaults=said, create_defaults=said)
