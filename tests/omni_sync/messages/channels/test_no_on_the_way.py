"""A no is heard by whatever has not been handed over yet, also while others wait for their provider."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from omni_sync.messages import drain
from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.crew import AT_ONCE
from omni_sync.messages.drain import send_messages
from omni_sync.messages.forget import forget
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.take import still_going, take
from omni_sync.people.models import Consent, Person
from tests.omni_sync.messages.channels.conftest import STOP, agreed

pytestmark = pytest.mark.django_db(transaction=True)


class Gate(Email):
    """Takes as many as there are hands, and answers when it may."""

    inside = threading.Semaphore(0)
    may_go = threading.Event()

    def send(self, parcel):
        self.inside.release()
        self.may_go.wait(30)
        return super().send(parcel)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch, settings):
    """Whether what was claimed and had to wait is asked for again before it goes."""
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Gate"}
    Gate.inside, Gate.may_go = threading.Semaphore(0), threading.Event()
    if not request.param:
        monkeypatch.setattr(drain, "still_going", list)
    return request.param


def waits(person, key):
    return Message.objects.create(
        key=key, kind="test_news", channel="email", purpose="marketing", person=person, to=f"{key}@example.com",
        data=sealed({"what": "a bag", "link": "https://shop.example/", "stop": STOP}),
    )  # fmt: skip


def at_work():
    try:
        return send_messages()
    finally:
        connection.close()


def test_a_no_while_others_are_on_their_way_stops_what_is_not(guarded):
    first, late = Person.objects.create(), Person.objects.create()
    for person in (first, late):
        agreed(person, "email")
    for number in range(AT_ONCE):
        waits(first, f"n{number}")
    last = waits(late, "last")
    with ThreadPoolExecutor(1) as crew:
        worker = crew.submit(at_work)
        assert all(Gate.inside.acquire(timeout=30) for _ in range(AT_ONCE))
        agreed(late, "email", Consent.State.WITHDRAWN)
        Gate.may_go.set()
        worker.result()
    last.refresh_from_db()
    assert last.state == ("stopped" if guarded else "sent")
    assert Message.objects.filter(person=first, state="sent").count() == AT_ONCE


def test_whoever_lost_the_lease_leaves_it_alone(sari):
    """It was forgotten, or somebody else has it: neither is handed over nor given back."""
    agreed(sari, "email")
    ours, forgotten, others = (waits(sari, key) for key in ("ours", "forgotten", "others"))
    claimed = take(10)
    assert [message.pk for message in claimed] == [ours.pk, forgotten.pk, others.pk]
    with transaction.atomic():
        forget(Message.objects.filter(pk=forgotten.pk))
    Message.objects.filter(pk=others.pk).update(next_try_at=timezone.now())
    assert [message.pk for message in still_going(claimed)] == [ours.pk]
    assert Message.objects.get(pk=forgotten.pk).state == "failed"
    assert Message.objects.get(pk=others.pk).state == "sending"
    assert still_going([]) == []


def test_a_no_of_another_row_of_theirs_counts(sari):
    agreed(sari, "email")
    other = Person.objects.create(merged_into=sari)
    message = waits(other, "to-the-other")
    claimed = take(10)
    agreed(sari, "email", Consent.State.WITHDRAWN)
    assert still_going(claimed) == []
    message.refresh_from_db()
    assert (message.state, message.tries) == ("waiting", 0)
    assert take(10) == []
    message.refresh_from_db()
    assert (message.state, message.failure) == ("stopped", "consent")
