"""Many guesses at the same instant are no more than five guesses."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from instore.staff import sign_in as use_case
from instore.staff.exceptions import Paused, WrongPin
from instore.staff.models import MOST_TRIES, Associate, StaffEvent
from tests.instore.places import make_store
from tests.instore.tablets import WRONG, make_associate, make_device

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guesses(monkeypatch):
    """Two dozen wrong PINs for one name, eight at a time: what was looked at, and what was answered."""
    store = make_store("menteng")
    device, sari = make_device(store)[0], make_associate(store)
    heard, look = [], use_case.is_pin

    def count(pin, kept):
        heard.append(pin)
        return look(pin, kept)

    def guess(_):
        try:
            use_case.sign_in(device=device, associate_id=sari.pk, pin=WRONG)
        except (WrongPin, Paused) as refusal:
            return type(refusal)
        finally:
            connection.close()

    def all_of_them():
        with ThreadPoolExecutor(8) as pool:
            return heard, list(pool.map(guess, range(24)))

    monkeypatch.setattr(use_case, "is_pin", count)
    return all_of_them


def test_of_many_guesses_at_once_five_are_heard(guesses):
    heard, refusals = guesses()
    assert (len(heard), refusals.count(WrongPin), refusals.count(Paused)) == (5, 4, 20)
    assert Associate.objects.get().failed_tries == 5
    assert StaffEvent.objects.filter(kind="paused").count() == 1


def test_control_looking_before_counting_hears_more(guesses, monkeypatch):
    """Without the guard: the tries are read, then the PIN looked at, then the try is counted."""
    together = threading.Barrier(8, timeout=20)

    def read_them(associate):
        tries = Associate.objects.values_list("failed_tries", flat=True).get(pk=associate.pk)
        if tries < MOST_TRIES:
            together.wait()
        if tries >= MOST_TRIES:
            raise Paused(timezone.now())
        counted = Associate.objects.filter(pk=associate.pk, failed_tries__lt=MOST_TRIES)
        counted.update(failed_tries=F("failed_tries") + 1)
        return tries + 1

    monkeypatch.setattr(use_case, "_take_try", read_them)
    heard, _ = guesses()
    assert len(heard) > MOST_TRIES
