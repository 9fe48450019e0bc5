"""A dispatcher is killed after the mail server took the letter and before that is written down.

What nobody asked for goes out at most once, what is service at least once, under the same number.
"""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.say import say
from omni_sync.messages.settle import IN_DOUBT
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Person
from settings.environment import ROOT
from tests.stress.crowd import environ

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = "customer_code"
DISPATCH = """
import os, signal, django
django.setup()
from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = os.environ["TAKEN"]
took = EmailBackend.send_messages
def take_and_die(backend, letters):
    taken = took(backend, letters)
    if os.environ.get("DIES"):
        os.kill(os.getpid(), signal.SIGKILL)
    return taken
EmailBackend.send_messages = take_and_die
from omni_sync.messages.drain import send_messages
print(send_messages())
"""


@pytest.fixture
def taken(tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    return folder


def dispatch(taken, *, dies):
    """A dispatcher of its own process; what it was told by the system when it ended."""
    more = {"DJANGO_SETTINGS_MODULE": "settings.test", "TAKEN": str(taken), **({"DIES": "1"} if dies else {})}
    done = subprocess.run(
        [sys.executable, "-c", DISPATCH], cwd=ROOT, env={**environ(), **more},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert dies or done.returncode == 0, done.stderr[-2000:]
    return done.returncode


def numbers(taken):
    """The number of every letter that the mail server took."""
    return re.findall(r"^Message-ID: (\S+)", "".join(one.read_text() for one in taken.iterdir()), re.MULTILINE)


def told(purpose):
    with transaction.atomic():
        person = Person.objects.create()
        answer(
            person=person, channel="email", purpose="marketing", state=Consent.State.GRANTED, language="en", source="t"
        )
        say(key="news", kind=LETTER, to="sari@example.com", language="en", data={"code": "123456", "minutes": 10})
        Message.objects.update(purpose=purpose, person=person)


def lease_is_over():
    Message.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(("purpose", "times"), [(Purpose.MARKETING, 1), (Purpose.SERVICE, 2)])
def test_a_killed_dispatcher_repeats_service_and_never_marketing(taken, purpose, times):
    told(purpose)
    assert dispatch(taken, dies=True) == -9
    assert len(numbers(taken)) == 1
    dispatch(taken, dies=False)  # its lease is not over: nobody touches it
    assert len(numbers(taken)) == 1
    lease_is_over()
    dispatch(taken, dies=False)
    assert len(numbers(taken)) == times
    assert len(set(numbers(taken))) == 1
    message = Message.objects.get()
    expected = ("failed", IN_DOUBT) if purpose == Purpose.MARKETING else ("sent", "")
    assert (message.state, message.failure) == expected
