"""A journey whose follow-ups were decided long enough ago, and who bought what after them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from oscar.core.loading import get_model

from omni_sync.messages.journeys.models import FollowUp, Journey, Step
from omni_sync.messages.models import Message
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale
from tests.factories import make_store

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
DAY = timedelta(days=1)
numbers = count(1)


@pytest.fixture
def step(db):
    journey = Journey.objects.create(name="test_results", trigger="test_results", hold_out=10)
    Journey.objects.filter(pk=journey.pk).update(on_since=NOW - 400 * DAY)
    return Step.objects.create(journey=journey, number=1, wait=timedelta(hours=4), channels=["email"])


@pytest.fixture
def partner(db):
    return make_store("menteng")


def decided(step, group="a", *, at=NOW - 20 * DAY, person=None, status="", state="sent"):
    """A follow-up that was decided: who is held out got no message."""
    person = person or Person.objects.create()
    n = next(numbers)
    message = None
    if group != "held_out":
        message = Message.objects.create(
            key=f"follow-up:{n}", kind="x", purpose="marketing", person=person, state=state, status=status,
            status_at=at if status else None, sent_at=at if state == "sent" else None, said_at=at,
            failure="" if state == "sent" else "gone",
        )  # fmt: skip
    FollowUp.objects.create(
        journey=step.journey, step=step.number, occurrence=f"o{n}", person=person, occurred_at=at - DAY, due_at=at,
        decided_at=at, state="stopped" if group == "held_out" or state != "sent" else "sent",
        why="held_out" if group == "held_out" else "" if state == "sent" else "gone",
        variant="a" if group == "held_out" else group, message=message,
    )  # fmt: skip
    return person


def bought(partner, person, total="100000", *, at=NOW - 19 * DAY, currency="IDR", **fields):
    number = f"R{next(numbers)}"
    total = Decimal(total)
    order = get_model("order", "Order").objects.create(
        number=number, currency=currency, total_incl_tax=total, total_excl_tax=total, date_placed=at
    )
    return Sale.objects.create(
        order=order, source="till", store=partner, number=number, occurred_at=at, currency=currency, channel="till",
        total=total, person=person, **fields,
    )  # fmt: skip


def fill(step, partner, *, a=3, held=3, buyers=1, at=NOW - 20 * DAY):
    """So many in each group, of whom the first ``buyers`` bought."""
    for group, size in (("a", a), ("held_out", held)):
        for n in range(size):
            person = decided(step, group, at=at + timedelta(minutes=n))
            if n < buyers:
                bought(partner, person)
