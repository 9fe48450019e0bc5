"""A list that somebody who is signed in took along from a kiosk is on their timeline."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from omni_sync.lists.anonymous import Want
from omni_sync.people.account import person_id_of
from omni_sync.people.models import Touchpoint
from omni_sync.people.timeline import Touch, touch
from omni_sync.transactions import inside_transaction


@inside_transaction
def touch_list(*, user_id: int, pass_id: int, wants: Sequence[Want]) -> None:
    """One contact for the list, with the numbers of what was on it."""
    person_id = person_id_of(user_id=user_id)
    assert person_id is not None
    data = {"products": [want.product_id for want in wants]}
    store, took = Touchpoint.Channel.STORE, Touchpoint.Kind.LIST
    touch([Touch(person_id, store, took, timezone.now(), f"kiosk-list:{pass_id}", data=data)])
