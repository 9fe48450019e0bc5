"""Taps that waited for a connection are sent by whoever made them, or not at all."""

import re

import pytest

from instore.pickup.models import PickupStep, State
from instore.staff.models import Associate
from tests.instore.pickup.conftest import bring, state_of
from tests.instore.tablet.conftest import nonce, page_of, sign_in_at, tap
from tests.instore.tablets import PIN, make_associate, read, type_pin

pytestmark = pytest.mark.django_db


def sender(tablet):
    return re.search(r'data-sender="([0-9a-f]{64})"', tablet.get("/staff/today/").content.decode())[1]


def send_later(tablet, pickup, verb, key, who, **more):
    form = {"nonce": nonce(key), **more}
    return tablet.post(f"{page_of(pickup)}{verb}/", form, headers={"HX-Request": "true", "Lintas-Sender": who})


def test_a_kept_tap_is_done_once_however_often_it_is_sent(on_duty, pickup):
    who = sender(on_duty)
    assert [send_later(on_duty, pickup, "begin", 1, who).status_code for _ in range(3)] == [200] * 3
    assert tap(on_duty, pickup, "begin", 1).status_code == 302
    assert PickupStep.objects.filter(after="picking").count() == 1


def test_after_signing_in_again_they_are_still_mine(on_duty, pickup):
    who = sender(on_duty)
    on_duty.post("/staff/lock/")
    assert send_later(on_duty, pickup, "begin", 1, who).status_code == 401
    assert state_of(pickup) == "placed"
    begun_by = PickupStep.objects.filter(after="picking")
    type_pin(on_duty, Associate.objects.get())
    assert sender(on_duty) == who
    assert send_later(on_duty, pickup, "begin", 1, who).status_code == 200
    assert begun_by.get().who == "Sari"


def test_nobody_sends_under_somebody_elses_name(on_duty, pickup):
    saris = sender(on_duty)
    on_duty.post("/staff/lock/")
    type_pin(on_duty, make_associate(pickup.store, "Budi"), PIN)
    assert sender(on_duty) != saris
    for who in (saris, "", "é", "0" * 64):
        assert "Somebody else tapped this" in read(send_later(on_duty, pickup, "begin", 1, who), 409)
    assert state_of(pickup) == "placed"


def test_nor_from_another_tablet(on_duty, pickup):
    beside = sign_in_at(pickup.store, "Budi", device="Stock room")
    assert send_later(beside, pickup, "begin", 1, sender(on_duty)).status_code == 409
    assert state_of(pickup) == "placed"


def test_a_nonce_of_one_associate_is_not_anothers(on_duty, pickup):
    bring(pickup, State.PICKING)
    tap(on_duty, pickup, "ready", 1)
    on_duty.post("/staff/lock/")
    type_pin(on_duty, make_associate(pickup.store, "Budi"), PIN)
    assert "out of date" in read(tap(on_duty, pickup, "ready", 1), 409)


def test_the_number_names_nobody_and_a_locked_tablet_shows_none(on_duty, pickup):
    assert "Sari" not in bytes.fromhex(sender(on_duty)).decode("latin-1")
    on_duty.post("/staff/lock/")
    assert "data-sender" not in on_duty.get(page_of(pickup)).content.decode()
