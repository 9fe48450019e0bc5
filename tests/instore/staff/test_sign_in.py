"""Who gets in at the tablet by name and PIN, and who guesses in vain."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from instore.staff import session
from instore.staff.assign import leave
from instore.staff.models import Associate
from instore.staff.set_pin import set_pin
from tests.instore.staff.seen import kinds
from tests.instore.tablets import (
    PIN,
    WRONG,
    make_associate,
    make_device,
    make_manager,
    read,
    tablet_of,
    type_pin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


def test_you_choose_your_name_type_your_pin_and_land_on_today(tablet, sari):
    assert "Sari" in read(tablet.get("/staff/"))
    page = tablet.get(f"/staff/?who={sari.pk}")
    assert "PIN" in read(page)
    assert type_pin(tablet, sari).url == "/staff/today/"
    today = read(tablet.get("/staff/today/"))
    assert "Sari (Associate)" in today
    assert "Menteng" in today
    assert "Nothing needs you right now" in today
    assert tablet.get("/staff/").url == "/staff/today/"
    assert kinds() == ["signed_in"]


def test_the_session_gets_a_new_key_at_sign_in_and_at_lock(tablet, sari):
    kept = tablet.session
    kept["before"] = 1
    kept.save()
    before = tablet.cookies["sessionid"].value if "sessionid" in tablet.cookies else kept.session_key
    type_pin(tablet, sari)
    during = tablet.cookies["sessionid"].value
    tablet.post("/staff/lock/")
    assert len({before, during, tablet.cookies["sessionid"].value}) == 3
    assert session.KEY not in tablet.session


def test_it_goes_on_where_it_was_interrupted_and_nowhere_else(tablet, sari):
    assert (
        'name="after" value="/staff/today/?page=2"'
        in tablet.get(f"/staff/?who={sari.pk}&after=/staff/today/%3Fpage%3D2").content.decode()
    )
    assert type_pin(tablet, sari, after="/staff/today/?page=2").url == "/staff/today/?page=2"
    for elsewhere in ("https://evil.example/staff/", "//evil.example/staff/", "/accounts/", "/staff/", "javascript:x"):
        tablet.post("/staff/lock/")
        assert type_pin(tablet, sari, after=elsewhere).url == "/staff/today/"


def test_the_device_is_kept_for_as_long_again(tablet, sari):
    assert type_pin(tablet, sari).cookies["lintas_device"]["max-age"] == 400 * 24 * 60 * 60


def test_who_has_no_pin_is_told_whom_to_ask(tablet, store):
    new = make_associate(store, "Adi", pin=None)
    assert "no PIN yet" in read(tablet.get(f"/staff/?who={new.pk}"))
    assert "no PIN yet" in read(type_pin(tablet, new, ""), 422)


@pytest.mark.parametrize("who", ["", "0", "x", "9" * 30, "-1", "٣"])
def test_a_name_that_is_none_signs_nobody_in(tablet, sari, who):
    assert tablet.post("/staff/", {"who": who, "pin": PIN}).status_code == 422
    assert tablet.get(f"/staff/?who={who}").status_code == 200
    assert tablet.get("/staff/today/").status_code == 401


def test_who_has_left_is_not_on_the_list_and_gets_in_no_more(on_duty, sari):
    leave(associate=sari, by=make_manager())
    assert "Sari" not in read(on_duty.get("/staff/today/"), 401)
    assert type_pin(on_duty, sari).status_code == 422


def test_five_wrong_pins_pause_the_name_and_are_seen(tablet, sari, client):
    left = [re.search(r"(\d) tr(?:y is|ies are) left", read(type_pin(tablet, sari, WRONG), 422))[1] for _ in range(4)]
    assert left == ["4", "3", "2", "1"]
    assert "nobody signs in under this name until" in read(type_pin(tablet, sari, WRONG), 429)
    assert "nobody signs in under this name until" in read(type_pin(tablet, sari), 429)  # the right one
    assert kinds() == ["wrong_pin"] * 5 + ["paused"]
    client.force_login(make_manager())
    for page in ("associates/", f"associates/{sari.pk}/"):
        assert "after wrong PINs" in read(client.get(f"/dashboard/lintas/{page}"))


def test_a_pause_ends_after_a_quarter_of_an_hour_and_then_there_are_five_more(tablet, sari):
    for _ in range(5):
        type_pin(tablet, sari, WRONG)
    until = Associate.objects.get().paused_until
    assert timedelta(minutes=14) < until - timezone.now() <= timedelta(minutes=15)
    Associate.objects.update(paused_until=timezone.now())
    assert "4 tries are left" in read(type_pin(tablet, sari, WRONG), 422)
    assert type_pin(tablet, sari).status_code == 302
    assert Associate.objects.get().failed_tries == 0


def test_another_device_gives_no_new_tries(tablet, store, sari):
    for _ in range(5):
        type_pin(tablet, sari, WRONG)
    assert type_pin(tablet_of(make_device(store, name="Other")[1]), sari).status_code == 429


def test_a_new_pin_ends_the_pause_and_every_sign_in(on_duty, sari):
    for _ in range(5):
        type_pin(on_duty, sari, WRONG)
    set_pin(associate=sari, pin=WRONG, by=make_manager())
    assert on_duty.get("/staff/today/").status_code == 401
    assert type_pin(on_duty, sari, WRONG).status_code == 302


def test_one_pin_is_not_tried_under_every_name(tablet, store, monkeypatch):
    monkeypatch.setattr("instore.staff.views.SIGN_INS.most", 3)
    names = [make_associate(store, f"Name {number}", pin=None) for number in range(4)]
    assert [type_pin(tablet, name).status_code for name in names] == [422, 422, 422, 429]
