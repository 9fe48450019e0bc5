"""Sari of the shop in Menteng wrote to a shopper: once it went, once they had heard enough."""

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from instore.customers.write import NAME
from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.models import Message, Purpose, sealed
from omni_sync.messages.unsubscribe.tokens import new_token, token_hash
from omni_sync.people.account import person_of
from omni_sync.people.models import Person
from shop.seed.day import Day
from shop.seed.people import SHOPPER

FIRST, SECOND = "seed-heard-1", "seed-heard-2"
WORDS: Final = "Your size of the Kawan tee is back. I put one aside on your list."


def is_told() -> bool:
    """Whether it was written, or there is nobody to write to."""
    known = get_user_model()._default_manager.filter(email=SHOPPER.email).exists()
    return not known or FollowUp.objects.filter(occurrence=FIRST).exists()


@transaction.atomic
def tell(day: Day) -> None:
    """Nine days ago it went and arrived; three days later the week was not over."""
    make_usual_journeys()
    journey = Journey.objects.get(name=NAME)
    person = person_of(user=get_user_model()._default_manager.get(email=SHOPPER.email))
    went = day.at(-9, "10:20")
    said = {"channel": "email", "cap": [0, 1]}
    _row(journey, person, FIRST, went, state="sent", said=said, message=_message(person, went))
    stopped = {"state": "stopped", "why": "cap", "said": {"channel": "email", "cap": [1, 1]}}
    _row(journey, person, SECOND, went + timedelta(days=3), **stopped)


def _row(journey: Journey, person: Person, occurrence: str, at: Any, **fields: Any) -> None:
    moments = {"occurred_at": at, "due_at": at, "decided_at": at}
    FollowUp.objects.create(journey=journey, step=1, occurrence=occurrence, person=person, **moments, **fields)


def _message(person: Person, at: Any) -> Message:
    token = new_token()
    stop = f"{conf.base_url()}{reverse('unsubscribe:page', kwargs={'token': token})}"
    facts = {"who": "Sari", "store": "Menteng", "text": WORDS, "product": "", "link": conf.base_url(), "stop": stop}
    return Message.objects.create(
        key=FIRST,
        kind=NAME,
        purpose=Purpose.MARKETING,
        person=person,
        to=SHOPPER.email,
        language="en",
        data=sealed(facts),
        stop_hash=token_hash(token),
        state=Message.State.SENT,
        said_at=at,
        sent_at=at,
        status=Message.Status.DELIVERED,
        status_at=at + timedelta(minutes=1),
    )
