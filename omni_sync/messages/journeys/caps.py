"""The one cap on what nobody asked for, shared by staff and journeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest

from omni_sync import conf
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.settle import IN_DOUBT
from omni_sync.people.models import Person
from omni_sync.transactions import inside_transaction

State = Message.State
#: Marketing that went, is about to, or may have.
_HEARD: Final = Q(state__in=[State.WAITING, State.SENDING, State.SENT]) | Q(
    state=State.FAILED, failure__startswith=IN_DOUBT
)
#: When it was heard, or will be: a message may go days after it was said.
_AT: Final = Coalesce("sent_at", Greatest("said_at", "next_try_at"))


@dataclass(slots=True)
class Cap:
    """How many messages each human has had of late, as it is while their rows are locked."""

    used: Counter[int]
    most: int

    def is_reached(self, root: int) -> bool:
        return self.used[root] >= self.most

    def take(self, root: int) -> None:
        self.used[root] += 1


@inside_transaction
def take_turns(root_ids: Sequence[int]) -> None:
    """Wait until nobody else decides anything for these humans; in one order, so that two never wait for each other."""
    list(Person.objects.filter(pk__in=root_ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


@inside_transaction
def cap_of(root_ids: Sequence[int], now: datetime) -> Cap:
    """Count, and keep everybody else who would count waiting until the transaction ends: one asks at a time."""
    ordered = sorted(set(root_ids))
    take_turns(ordered)
    most, long = conf.marketing_cap()
    of_them = Q(person__in=ordered) | Q(person__merged_into__in=ordered)
    heard = Message.objects.filter(of_them, _HEARD, purpose=Purpose.MARKETING).annotate(heard_at=_AT)
    roots = heard.filter(heard_at__gt=now - long).annotate(root=Coalesce("person__merged_into", "person"))
    return Cap(Counter(roots.values_list("root", flat=True)), most)
