"""Many guesses at the same instant are no more than five guesses."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from instore.staff import sign_in as use_case
from instore.staff.exceptions import Paused, WrongPin
from instore.staff.models import Associate, StaffEvent
from tests.instore.places import make_store
from tests.instore.tablets import WRONG, make_associate, make_device

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_guesses_at_once_five_are_heard(monkeypatch):
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

    monkeypatch.setattr(use_case, "is_pin", count)
    with ThreadPoolExecutor(8) as pool:
        refusals = list(pool.map(guess, range(24)))
    assert (len(heard), refusals.count(WrongPin), refusals.count(Paused)) == (5, 4, 20)
    assert Associate.objects.get().failed_tries == 5
    assert StaffEvent.objects.filter(kind="paused").count() == 1
