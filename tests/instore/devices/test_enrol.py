"""Enrolling and revoking a device: a code that is good once and briefly, a token that nobody else can read."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from instore.devices import codes
from instore.devices.enrol import enrol
from instore.devices.exceptions import CodeExpired, CodeUsed, UnknownCode
from instore.devices.invite import GOOD_FOR, invite
from instore.devices.models import Device, EnrolmentCode, Kind
from instore.devices.revoke import revoke
from instore.devices.tokens import COOKIE, digest_of
from instore.staff.models import StaffEvent
from tests.instore.places import make_store
from tests.instore.tablets import make_device, make_manager, read, tablet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def rani():
    return make_manager()


@pytest.fixture
def desk(client, rani):
    client.force_login(rani)
    return client


@pytest.fixture
def code(store, rani):
    return invite(store=store, kind=Kind.TABLET, name="Till side", by=rani).code


def kinds():
    return [event.kind for event in StaffEvent.objects.order_by("pk")]


# codes


def test_a_code_has_eight_characters_that_nobody_confuses():
    made = [codes.new_code() for _ in range(200)]
    assert {len(code) for code in made} == {8}
    assert not set("".join(made)) & set("0OQD1IL2Z5S8BUV")


def test_a_code_reads_the_same_however_it_is_typed(code):
    assert enrol(typed=f" {codes.spaced(code).lower()}-")[0].name == "Till side"


def test_neither_code_nor_token_is_kept_as_it_is(store, code):
    _, token = make_device(store)
    kept = bytes(EnrolmentCode.objects.values_list("digest", flat=True)[0])
    assert code.encode() not in kept
    assert bytes(Device.objects.values_list("digest", flat=True)[0]) == digest_of(token)


def test_a_code_is_good_once(code):
    enrol(typed=code)
    with pytest.raises(CodeUsed):
        enrol(typed=code)
    assert Device.objects.count() == 1
    assert kinds() == ["code_made", "enrolled", "not_enrolled"]


def test_a_code_ends_after_ten_minutes(code):
    late = timezone.now() - GOOD_FOR - timedelta(seconds=1)
    EnrolmentCode.objects.update(made_at=late, expires_at=late + GOOD_FOR)
    with pytest.raises(CodeExpired):
        enrol(typed=code)
    assert not Device.objects.exists()


def test_a_code_that_nobody_made_is_refused_and_seen():
    with pytest.raises(UnknownCode):
        enrol(typed="AAAAAAAA")
    assert kinds() == ["not_enrolled"]


def test_the_database_refuses_a_used_code_without_its_device(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentCode.objects.update(used_at=timezone.now())


@pytest.mark.parametrize("wrong", [{"kind": "toaster"}, {"name": ""}, {"digest": b"short"}])
def test_the_database_refuses_a_device_that_is_none(store, wrong):
    facts = {"kind": "tablet", "name": "A", "digest": b"x" * 32, "store": store, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Device.objects.create(**facts)


# the tablet's page


def test_the_right_code_gives_the_tablet_its_cookie(code):
    tablet = Client()
    answer = tablet.post("/staff/enrol/", {"code": code})
    assert (answer.status_code, answer.url) == (302, "/staff/")
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Strict", False)
    assert "Who are you?" in read(tablet.get("/staff/"))


def test_a_tablet_that_becomes_another_is_no_longer_what_it_was(store, code):
    _, token = make_device(store, name="Before")
    tablet = tablet_of(token)
    assert "is “Before” at Menteng" in read(tablet.get("/staff/enrol/"))
    tablet.post("/staff/enrol/", {"code": code})
    assert tablet_of(token).get("/staff/").url == "/staff/enrol/"
    assert [device.name for device in Device.objects.enrolled()] == ["Till side"]
    assert kinds()[-2:] == ["enrolled", "revoked"]


def test_over_https_the_cookie_goes_over_https_only(code):
    answer = Client().post("/staff/enrol/", {"code": code}, secure=True)
    assert answer.cookies[COOKIE]["secure"]


def test_a_kiosk_is_enrolled_the_same_way_and_is_no_tablet(store, rani):
    code = invite(store=store, kind=Kind.KIOSK, name="Entrance", by=rani).code
    kiosk = Client()
    assert kiosk.post("/staff/enrol/", {"code": code}).url == "/kiosk/"
    assert "not a staff tablet" in read(kiosk.get("/staff/"), 403)
    assert "not a staff tablet" in read(kiosk.get("/staff/today/"), 403)


def test_a_wrong_code_says_what_to_do(code):
    assert "Compare it letter by letter" in read(Client().post("/staff/enrol/", {"code": "nope"}), 422)
    enrol(typed=code)
    assert "good once" in read(Client().post("/staff/enrol/", {"code": code}), 422)


def test_codes_are_not_guessed_one_after_the_other(code):
    tablet = Client()
    answers = [tablet.post("/staff/enrol/", {"code": f"AAAAAA{n:02}"}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    refused = tablet.post("/staff/enrol/", {"code": code})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert not Device.objects.exists()


def test_the_form_needs_its_token(code):
    assert Client(enforce_csrf_checks=True).post("/staff/enrol/", {"code": code}).status_code == 403


# afterwards


def test_a_revoked_device_is_sent_to_enrol_and_told_why(store, rani):
    device, token = make_device(store)
    tablet = tablet_of(token)
    assert tablet.get("/staff/").status_code == 200
    assert revoke(device=device, by=rani)
    assert not revoke(device=device, by=rani)
    for page in ("/staff/", "/staff/today/"):
        answer = tablet.get(page)
        assert (answer.status_code, answer.url) == (302, "/staff/enrol/")
    assert "A manager ended that" in read(tablet.get("/staff/enrol/"))
    assert "A manager ended that" in read(tablet.post("/staff/lock/"), 401)
    assert kinds()[-1] == "revoked"


def test_a_token_that_nobody_was_given_opens_nothing():
    for token in ("", "guess", "\udcff"):
        answer = tablet_of(token).get("/staff/today/") if token.isascii() else Client().get("/staff/today/")
        assert answer.url == "/staff/enrol/"


def test_it_is_noted_as_seen_once_a_minute(store):
    device, token = make_device(store)
    long_ago = timezone.now() - timedelta(hours=1)
    Device.objects.update(last_seen=long_ago)
    tablet = tablet_of(token)
    tablet.get("/staff/")
    device.refresh_from_db()
    assert device.last_seen > long_ago
    with CaptureQueriesContext(connection) as queries:
        tablet.get("/staff/")
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]


# the dashboard


def test_a_manager_makes_a_code_and_reads_it_once(desk, store):
    made = desk.post("/dashboard/lintas/devices/", {"store": store.pk, "kind": "tablet", "name": "Back room"})
    page = read(made)
    assert made.headers["Cache-Control"] == "no-store"
    code = re.search(r"and type (\w{4} \w{4})", page)[1]
    device, _ = enrol(typed=code)
    assert (device.name, device.store, device.enrolled_by.email) == ("Back room", store, "rani@langkah.example")
    assert code not in read(desk.get("/dashboard/lintas/devices/"))


def test_the_list_says_where_and_when_and_revokes(desk, store):
    device, token = make_device(store)
    page = read(desk.get("/dashboard/lintas/devices/"))
    assert "Till side" in page
    assert "Menteng" in page
    assert "Device enrolled" in page
    assert desk.post("/dashboard/lintas/devices/", {"revoke": device.pk}).status_code == 302
    assert "revoked" in read(desk.get("/dashboard/lintas/devices/"))
    assert tablet_of(token).get("/staff/").url == "/staff/enrol/"
    assert desk.post("/dashboard/lintas/devices/", {"revoke": "x"}).status_code == 404


@pytest.mark.parametrize("page", ["devices/", "associates/", "associates/new/", "associates/1/"])
def test_strangers_sign_in_first_and_shoppers_are_refused(client, page):
    page = f"/dashboard/lintas/{page}"
    assert client.get(page).url == f"/dashboard/login/?next={page}"
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.get(page).status_code == 403
    assert client.post(page, {"revoke": 1}).status_code == 403


def test_the_menu_names_the_pages(desk):
    page = desk.get("/dashboard/").content.decode()
    assert 'href="/dashboard/lintas/devices/"' in page
    assert 'href="/dashboard/lintas/associates/"' in page


def test_the_list_costs_the_same_for_many(desk, store):
    desk.get("/dashboard/lintas/devices/")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/dashboard/lintas/devices/").status_code == 200
        return len(queries)

    make_device(store)
    one = cost()
    for number in range(8):
        make_device(store, name=f"Tablet {number}")
    assert cost() == one
