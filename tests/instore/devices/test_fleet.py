"""The fleet: where each device stands, which version it shows, and which of them says nothing any more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from instore.devices.enrol import enrol
from instore.devices.invite import invite
from instore.devices.known import note_version
from instore.devices.models import SILENT_AFTER, Device, Kind
from tests.instore.places import make_store
from tests.instore.tablets import make_device, make_manager, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def office(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("head@langkah.example", "x"))
    return client


def test_device_stands_where_its_code_says(store):
    invitation = invite(store=store, kind=Kind.KIOSK, name="Door", place="By the door", by=make_manager())
    assert enrol(typed=invitation.code)[0].place == "By the door"


def test_manager_says_where_it_stands_by_now(office, store):
    device = make_device(store, kind=Kind.KIOSK)[0]
    answer = office.post(f"/dashboard/lintas/devices/{device.pk}/", {"name": "Shoes", "place": "Beside the shoes"})
    assert answer.url == "/dashboard/lintas/devices/"
    said = read(office.get(answer.url))
    assert "Shoes Kiosk Menteng Beside the shoes" in said
    assert "is known like this" in said


def test_device_without_a_name_stays_as_it_was(office, store):
    device = make_device(store)[0]
    read(office.post(f"/dashboard/lintas/devices/{device.pk}/", {"name": " ", "place": "x"}), 422)
    device.refresh_from_db()
    assert (device.name, device.place) == ("Till side", "")


def test_version_is_written_where_it_changed_only(store, django_assert_num_queries):
    device = make_device(store, kind=Kind.KIOSK)[0]
    with django_assert_num_queries(1):
        note_version(device=device, version="x" * 40)
        note_version(device=device, version="x" * 40)
    assert Device.objects.get().version == "x" * 32


@pytest.mark.parametrize(
    ("kind", "ago", "silent"),
    [("kiosk", 1.1, True), ("kiosk", 0.9, False), ("screen", 1.1, True), ("tablet", 9, False)],
)
def test_kiosk_that_says_nothing_is_seen(office, store, kind, ago, silent):
    device = make_device(store, kind=kind)[0]
    Device.objects.update(last_seen=timezone.now() - SILENT_AFTER * ago, version="a1b2c3")
    said = read(office.get("/dashboard/lintas/devices/"))
    assert "a1b2c3" in said
    assert ("silent" in said) is silent
    Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now() - timedelta(days=1))
    assert "silent" not in read(office.get("/dashboard/lintas/devices/"))


def test_fleet_is_read_in_as_many_queries_for_fifty_as_for_one(office, store):
    make_device(store, kind=Kind.KIOSK)
    few = queries(office)
    Device.objects.bulk_create(
        Device(store=store, kind=Kind.KIOSK, name=f"Kiosk {n}", digest=bytes([n]) * 32) for n in range(49)
    )
    assert queries(office) == few


def queries(office):
    with CaptureQueriesContext(connection) as asked:
        read(office.get("/dashboard/lintas/devices/"))
    return len(asked)
