"""What goes wrong with one message keeps no other from being written down."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.messages import drain
from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.crew import AT_ONCE
from omni_sync.messages.drain import send_messages
from omni_sync.messages.exceptions import Retry
from omni_sync.messages.models import Message
from omni_sync.messages.stub.server import Fault
from omni_sync.people.models import Person
from tests.omni_sync.messages.channels.conftest import Browser, queued, sent
from tests.omni_sync.messages.conftest import told

pytestmark = pytest.mark.django_db
BEYOND = {"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359"}


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_an_endpoint_that_asks_for_the_end_of_time_stops_nobody(sari, stub):
    mallory = Person.objects.create(name="M")
    Browser(stub, "evil").of(mallory)
    bad = queued(mallory, "push", to=f"#{mallory.pk}", key="bad")
    take = stub.take
    stub.take = lambda asked: (429, BEYOND, b"") if asked.path.startswith("/push/") else take(asked)
    good = queued(sari, "sms", key="good")
    assert send_messages() == (1, True)
    assert (state_of(bad), state_of(good)) == ("waiting", "sent")
    assert bad.next_try_at < timezone.now() + timedelta(days=1, minutes=1)


def test_nobody_may_ask_for_more_than_a_day(sari, stub):
    stub.faults.append(Fault(status=429, headers={"Retry-After": "99999999"}))
    assert sent(sari, "sms").next_try_at < timezone.now() + timedelta(days=1, minutes=1)


def test_a_number_that_no_table_takes_is_one_messages_own(sari, stub):
    stub.faults.append(Fault(status=201, body=b'{"sid": "SM\\u0000\\ud8001"}'))
    for key in ("one", "two"):
        queued(sari, "sms", key=key)
    assert send_messages() == (2, True)


class Odd(Email):
    """A channel of somebody's own, which asks for no time at all."""

    def send(self, parcel):
        if parcel.to.startswith("odd"):
            raise Retry("later", after=float("nan"))
        return super().send(parcel)


def test_what_cannot_be_noted_of_one_is_noted_of_the_others(settings):
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Odd"}
    told(key="odd", to="odd@example.com")
    told(key="even")
    assert send_messages() == (1, True)
    assert Message.objects.get(key="even").state == "sent"
    assert Message.objects.get(key="odd").next_try_at > timezone.now()


def test_what_is_under_way_is_noted_when_nobody_can_be_claimed_any_more(monkeypatch):
    """Somebody's trigger breaks while others wait for their provider."""
    told()
    take, turns = drain.take, []

    def broken(most):
        turns.append(most)
        if len(turns) > 1:
            raise ZeroDivisionError
        return take(most)

    monkeypatch.setattr(drain, "take", broken)
    with pytest.raises(ZeroDivisionError):
        send_messages()
    assert Message.objects.get().state == "sent"


class Slow(Email):
    """One waits until all the others have gone."""

    gone = threading.Semaphore(0)
    others = 2 * AT_ONCE + 3

    def send(self, parcel):
        if parcel.to.startswith("slow"):
            assert all(self.gone.acquire(timeout=30) for _ in range(self.others))
            return "slow"
        number = super().send(parcel)
        self.gone.release()
        return number


def test_whoever_is_slow_holds_nobody_up(settings):
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Slow"}
    told(key="slow", to="slow@example.com")
    for number in range(Slow.others):
        told(key=f"n{number}")
    assert send_messages() == (Slow.others + 1, True)
