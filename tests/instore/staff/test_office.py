"""The manager's desk, and the log that nobody rewrites."""

import pytest
from django.db import DatabaseError, transaction

from instore.devices.models import Device
from instore.staff.assign import assign
from instore.staff.models import Assignment, Associate, Role, StaffEvent
from instore.stores.models import Store
from tests.instore.places import make_store
from tests.instore.tablets import (
    PIN,
    WRONG,
    make_associate,
    make_device,
    make_manager,
    read,
    type_pin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


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
