"""The staff's tablet from the outside: who gets in, who is stopped, and what each is told."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from instore.devices.models import Device
from instore.staff import session
from instore.staff.assign import assign, leave, unassign
from instore.staff.guard import UNTAPPED, for_staff
from instore.staff.models import Assignment, Associate, Role, StaffEvent
from instore.staff.set_pin import set_pin
from instore.stores.models import Store
from settings.urls import urlpatterns as shop_urls
from tests.e2e.looks import misshapen
from tests.instore.places import make_store
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


@for_staff(role=Role.MANAGER)
def for_managers(request, duty):
    return HttpResponse(f"{duty.associate} manages {duty.store}")


urlpatterns = [path("staff/managers/", for_managers), *shop_urls]


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def device(store):
    return make_device(store)


@pytest.fixture
def tablet(device):
    return tablet_of(device[1])


@pytest.fixture
def sari(store):
    return make_associate(store)


@pytest.fixture
def on_duty(tablet, sari):
    assert type_pin(tablet, sari).url == "/staff/today/"
    return tablet


def kinds():
    people = ["code_made", "enrolled", "assigned", "pin_set"]
    return [event.kind for event in StaffEvent.objects.exclude(kind__in=people).order_by("pk")]


def age(tablet, seconds):
    """Let so many seconds pass since the last tap."""
    kept = tablet.session
    kept[session.KEY] = {**kept[session.KEY], "tap": kept[session.KEY]["tap"] - seconds}
    kept.save()


# signing in


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


# brute force


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


# locking


def test_a_tap_locks_and_the_way_back_is_the_pin(on_duty):
    assert on_duty.get("/staff/lock/").status_code == 405
    assert on_duty.post("/staff/lock/").url == "/staff/"
    assert on_duty.post("/staff/lock/").url == "/staff/"
    page = on_duty.get("/staff/today/")
    assert "Who are you?" in read(page, 401)
    assert page.headers["WWW-Authenticate"].startswith("Lintas-PIN")
    assert kinds() == ["signed_in", "locked"]


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


# permissions


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


# pages


@pytest.mark.parametrize("page", ["/staff/enrol/", "/staff/", "/staff/?who={}", "/staff/today/"])
def test_pages_have_nothing_inline_and_one_of_everything(tablet, sari, page):
    if "today" in page:
        type_pin(tablet, sari)
    answer = tablet.get(page.format(sari.pk))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert html.count("<h1") == html.count("<main") == html.count("<title") == 1
    assert list(misshapen(html)) == []
    assert "/static/instore/staff.css" in html


def test_pages_speak_the_readers_language(tablet):
    answer = tablet.get("/staff/", headers={"accept-language": "id"})
    assert answer.headers["Content-Language"] == "id"
    assert '<html lang="id"' in answer.content.decode()


def test_times_are_the_stores(tablet, sari):
    """R8: a store two hours east of the project's clock."""
    sari.stores.get().partner.location.__class__.objects.update(timezone="Asia/Jayapura")
    until = timezone.now() + timedelta(minutes=10)
    Associate.objects.update(paused_until=until, failed_tries=5)
    said = (until + timedelta(hours=9)).strftime("%H:%M")
    assert f"until {said}" in read(tablet.get(f"/staff/?who={sari.pk}"))


def test_names_are_text(tablet, store):
    make_associate(store, "<b>Bold</b>", pin=None)
    assert b"<b>Bold" not in tablet.get("/staff/").content


@pytest.mark.parametrize(("page", "most"), [("/staff/", 6), ("/staff/today/", 6)])
def test_a_page_asks_the_database_little_however_many_work_there(on_duty, store, page, most):
    if page == "/staff/":
        on_duty.post("/staff/lock/")
    on_duty.get(page)
    for extra in (0, 20):
        for number in range(extra):
            make_associate(store, f"Name {number}", pin=None)
        with CaptureQueriesContext(connection) as queries:
            assert on_duty.get(page).status_code == 200
        assert len(queries) <= most, [query["sql"] for query in queries]


# the log


def test_an_event_can_be_neither_changed_nor_deleted(on_duty):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        StaffEvent.objects.update(detail="nothing happened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        StaffEvent.objects.all().delete()


def test_an_event_outlives_what_it_names(on_duty, store, sari):
    sari.delete()
    Device.objects.all().delete()
    make_manager().delete()
    Store.objects.all().delete()
    event = StaffEvent.objects.get(kind="signed_in")
    assert (event.associate, event.device, event.store, event.detail) == (None, None, None, "Sari, Till side")


# the dashboard


@pytest.fixture
def desk(client):
    client.force_login(make_manager())
    return client


def test_a_manager_adds_somebody_sets_a_pin_and_lets_them_go(desk, store, tablet):
    facts = {"display_name": "Budi", "till_id": "a12", "store": store.pk, "role": "manager"}
    page = desk.post("/dashboard/lintas/associates/new/", facts).url
    budi = Associate.objects.get(till_id="a12")
    assert "has no pattern" not in read(desk.get(page))
    for pin, again, wrong in [("123456", "123456", "without a pattern"), (PIN, WRONG, "not the same")]:
        refused = desk.post(page, {"action": "pin", "pin": pin, "again": again})
        assert wrong in read(refused, 422)
        assert pin not in refused.content.decode()
    assert desk.post(page, {"action": "pin", "pin": PIN, "again": PIN}).status_code == 302
    assert type_pin(tablet, budi).status_code == 302
    assert "Signed in" in read(desk.get(page))
    assert desk.post(page, {"action": "leave"}).status_code == 302
    assert desk.get(page).status_code == 404
    assert tablet.get("/staff/today/").status_code == 401


def test_roles_and_names_change_on_the_page(desk, store, sari):
    page = f"/dashboard/lintas/associates/{sari.pk}/"
    dago = make_store("dago")
    desk.post(page, {"action": "assign", "store": dago.pk, "role": "manager"})
    desk.post(page, {"action": "assign", "store": store.pk, "role": "manager"})
    assert set(Assignment.objects.values_list("store", "role")) == {(store.pk, "manager"), (dago.pk, "manager")}
    desk.post(page, {"action": "unassign", "store": dago.pk})
    desk.post(page, {"action": "names", "display_name": "Sari W.", "till_id": "a7"})
    assert desk.post(page, {"action": "names", "display_name": ""}).status_code == 422
    assert "Sari W." in read(desk.get("/dashboard/lintas/associates/"))
    assert Assignment.objects.get().store == store


def test_a_partners_people_see_their_own_store_only(client, django_user_model, store, sari):
    from django.contrib.auth.models import Permission

    dago = make_store("dago")
    joko = make_associate(dago, "Joko")
    both = make_associate(store, "Both")
    assign(associate=both, store=dago, role=Role.ASSOCIATE, by=make_manager())
    mine, _ = make_device(store, name="Mine")
    theirs, _ = make_device(dago, name="Theirs")
    rosa = django_user_model.objects.create_user(email="rosa@langkah.example", password="x")
    rosa.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    store.partner.users.add(rosa)
    client.force_login(rosa)
    devices = read(client.get("/dashboard/lintas/devices/"))
    assert "Mine" in devices
    assert "Theirs" not in devices
    people = client.get("/dashboard/lintas/associates/").content.decode()
    assert f"/associates/{sari.pk}/" in people
    assert f"/associates/{joko.pk}/" not in people
    assert f"/associates/{both.pk}/" not in people
    assert client.get(f"/dashboard/lintas/associates/{joko.pk}/").status_code == 404
    page = f"/dashboard/lintas/associates/{sari.pk}/"
    assert client.post(page, {"action": "assign", "store": dago.pk, "role": "manager"}).status_code == 422
    assert client.post("/dashboard/lintas/devices/", {"revoke": theirs.pk}).status_code == 404
    facts = {"store": dago.pk, "kind": "tablet", "name": "Mine too"}
    assert client.post("/dashboard/lintas/devices/", facts).status_code == 422
    assert client.post("/dashboard/lintas/devices/", {"revoke": mine.pk}).status_code == 302
