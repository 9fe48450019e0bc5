"""Whose bag is this? By the code somebody says, or by the token of a link or QR. Counting the tries is the door's."""

from __future__ import annotations

from instore.pickup.code import code_hashes, token_hash
from instore.pickup.exceptions import CodeEnded, CodeOfAnotherStore, CodeUnknown, TokenUnknown
from instore.pickup.models import Pickup
from instore.stores.models import Store
from omni_sync.spoken import as_code


def by_code(*, code: str, store: Store) -> Pickup:
    """The open pickup of ``store`` with this code, in capitals or not, with blanks or dashes or without.

    Raises CodeEnded with what became of it, CodeOfAnotherStore where it is good elsewhere, or CodeUnknown.
    """
    said = as_code(code)
    rows = Pickup.objects.select_related("order", "store__partner").filter(code_hash__in=code_hashes(said))
    found = list(rows.order_by("-placed_at")) if said else []
    here = [pickup for pickup in found if pickup.store_id == store.pk]
    for pickup in here:
        if pickup.is_open:
            return pickup
    for pickup in found:
        if pickup.is_open:
            raise CodeOfAnotherStore(pickup.store.partner.code or "")
    if here:
        assert here[0].ended_at is not None
        raise CodeEnded(here[0].state, here[0].ended_at)
    raise CodeUnknown


def by_token(*, token: str) -> Pickup:
    """The pickup with this token, whatever its state. Raises TokenUnknown."""
    rows = Pickup.objects.select_related("order", "store__partner__location")
    found = rows.filter(token_hash=token_hash(token)).first()
    if found is None:
        raise TokenUnknown
    return found
