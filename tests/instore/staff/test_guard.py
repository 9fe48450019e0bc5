"""Who stays in, and who may do what: locks, devices, stores and roles."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from instore.staff import session
from instore.staff.assign import assign, unassign
from instore.staff.guard import UNTAPPED, for_staff
from instore.staff.models import Role
from settings.urls import urlpatterns as shop_urls
from tests.instore.places import make_store
from tests.instore.staff.seen import kinds
from tests.instore.tablets import (
    make_associate,
    make_device,
    make_manager,
    read,
    tablet_of,
    type_pin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache", "one_moment")]


@for_staff(role=Role.MANAGER)
def for_managers(request, duty):
    return HttpResponse(f"{duty.associate} manages {duty.store}")


urlpatterns = [path("staff/managers/", for_managers), *shop_urls]


def age(tablet, seconds):
    """Let so many seconds pass since the last tap."""
    kept = tablet.session
    kept[session.KEY] = {**kept[session.KEY], "tap": kept[session.KEY]["tap"] - seconds}
    kept.save()


def test_a_tap_locks_and_the_way_back_is_the_pin(on_duty):
    assert on_duty.get("/staff/lock/").status_code == 405
    assert on_duty.post("/staff/lock/").url == "/staff/"
    assert on_duty.post("/staff/lock/").url == "/staff/"
    page = on_duty.get("/staff/today/")
    assert "Who are you?" in read(page, 401)
    assert page.headers["WWW-Authenticate"].startswith("Lintas-PIN")
    assert kinds() == ["signed_in", "locked"]


def serve(tablet):
    """A shopper's page lies open."""
    kept = tablet.session
    kept[session.KEY] = {**kept[session.KEY], "looks": 7}
    kept.save()


def is_served(tablet):
    return "looks" in tablet.session[session.KEY]


def test_shopper_is_forgotten_after_ninety_seconds_without_a_tap_and_who_is_signed_in_stays(on_duty):
    serve(on_duty)
    age(on_duty, 89)
    assert "Still with the shopper?" in read(on_duty.get("/staff/today/"))
    assert is_served(on_duty)
    age(on_duty, 90)
    assert "Still with the shopper?" not in read(on_duty.get("/staff/today/"))
    assert not is_served(on_duty)


def test_part_that_reads_itself_again_keeps_no_shopper_open(on_duty):
    serve(on_duty)
    age(on_duty, 60)
    on_duty.get("/staff/today/", headers={UNTAPPED: "1"})
    age(on_duty, 30)
    on_duty.get("/staff/today/", headers={UNTAPPED: "1"})
    assert not is_served(on_duty)


def test_while_a_shopper_is_served_every_tap_counts(on_duty):
    serve(on_duty)
    for _ in range(3):
        age(on_duty, 88)
        assert on_duty.post("/staff/still/").status_code == 204
    assert on_duty.post("/staff/still/", {"forget": "1"}).url == "/staff/today/"
    assert not is_served(on_duty)
    assert on_duty.post("/staff/still/").status_code == 205


def test_it_locks_itself_after_five_minutes_without_a_tap(on_duty):
    age(on_duty, 290)
    assert on_duty.get("/staff/today/").status_code == 200  # and this was a tap
    age(on_duty, 290)
    assert on_duty.get("/staff/today/").status_code == 200
    age(on_duty, 301)
    assert "locked itself" in read(on_duty.get("/staff/today/"), 401)
    assert on_duty.get("/staff/today/").status_code == 401
    assert kinds() == ["signed_in", "idle"]


def test_what_reads_itself_again_is_no_tap(on_duty):
    age(on_duty, 200)
    assert on_duty.get("/staff/today/", headers={UNTAPPED: "1"}).status_code == 200
    age(on_duty, 101)
    assert on_duty.get("/staff/today/").status_code == 401


def test_no_cache_keeps_a_page(on_duty):
    for page in ("/staff/today/", "/staff/enrol/"):
        assert "no-store" in on_duty.get(page).headers["Cache-Control"]


def test_without_a_device_there_is_only_the_way_to_enrol(sari):
    stranger = Client()
    for page in ("/staff/", "/staff/today/"):
        assert stranger.get(page).url == "/staff/enrol/"
    answer = type_pin(stranger, sari)
    assert "Nothing was done" in read(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Lintas-Device")
    assert stranger.get("/staff/today/", headers={"HX-Request": "true"}).status_code == 401


def test_another_stores_tablet_does_not_know_you(sari):
    elsewhere = tablet_of(make_device(make_store("dago"))[1])
    assert "Sari" not in read(elsewhere.get("/staff/"))
    assert "Sari" not in read(elsewhere.get(f"/staff/?who={sari.pk}"))
    assert type_pin(elsewhere, sari).status_code == 422
    assert elsewhere.get("/staff/today/").status_code == 401


def test_a_sign_in_does_not_travel_to_another_device(on_duty, store):
    for other in (store, make_store("dago")):
        on_duty.cookies["lintas_device"] = make_device(other, name="Other")[1]
        assert on_duty.get("/staff/today/").status_code == 401


def test_who_works_there_no_longer_is_told_so(on_duty, store, sari):
    assert unassign(associate=sari, store=store, by=make_manager())
    assert "is not on the staff of Menteng" in read(on_duty.get("/staff/today/"), 403)
    assert kinds()[-1] == "refused"


@override_settings(ROOT_URLCONF=__name__)
def test_a_managers_page_is_for_managers_of_that_store(tablet, store, sari):
    assign(associate=sari, store=make_store("dago"), role=Role.MANAGER, by=make_manager())
    assert tablet.get("/staff/managers/").status_code == 401
    assert type_pin(tablet, sari, after="/staff/managers/").url == "/staff/managers/"
    assert "This needs a manager" in read(tablet.get("/staff/managers/"), 403)
    tablet.post("/staff/lock/")
    type_pin(tablet, make_associate(store, "Dewi", role=Role.MANAGER))
    assert tablet.get("/staff/managers/").content == b"Dewi manages Menteng"
