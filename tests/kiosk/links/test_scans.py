"""Scans are written after the answer; by whom only where they agreed."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from instore.devices.models import Kind
from instore.stores.shelves import ShelfPlace
from kiosk.links import later as writing
from kiosk.links.later import Later, later
from kiosk.links.models import Scan
from kiosk.links.scans import KEPT, Seen, forget_old, write
from kiosk.links.tasks import forget_scans
from omni_sync.oscar.models import Product
from omni_sync.people.account import person_of
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Touchpoint
from omni_sync.people.wordings import ON_THE_WEB, PERSONALISATION
from tests.instore.places import make_product
from tests.kiosk.links.conftest import GLN, GTIN

on_time = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(client):
    user = get_user_model().objects.create(email="ayu@x.example")
    client.force_login(user)
    with transaction.atomic():
        return person_of(user=user)


def say(person, state):
    with transaction.atomic():
        answer(person=person, channel=ON_THE_WEB, purpose=PERSONALISATION, state=state, language="en", source="test")


def scanned(client, path, **headers):
    """The rows of a scan, once they are written."""
    client.get(path, **headers)
    later.settle()
    return list(Scan.objects.order_by("pk"))


@on_time
def test_a_scan_is_written_with_its_store_and_shelf(client, on_shelf, carrying):
    [one] = scanned(client, f"/S/MENTENG/01/{GTIN}")
    assert (one.product_id, one.store_id, one.place, one.channel) == (
        on_shelf.product_id,
        on_shelf.store_id,
        "A-12/B",
        "phone",
    )
    path = f"/414/{GLN}/254/A-12%2FB"
    assert scanned(client, path, REQUEST_URI=path)[-1].place == "A-12/B"
    assert scanned(client, f"/01/{GTIN}", **carrying(Kind.TABLET))[-1].channel == "tablet"


@on_time
def test_a_size_stands_where_its_style_stands(client, menteng):
    style = make_product("Tee", structure="parent")
    make_product("", gtin="09521234500018", parent=style)
    ShelfPlace.objects.create(store=menteng, product=style, place="B-2")
    assert scanned(client, "/01/09521234500018?s=menteng")[0].place == "B-2"


@on_time
def test_what_is_no_scan_is_not_counted(client, rice):
    client.head(f"/01/{GTIN}")
    client.get(f"/01/{GTIN}?linkType=linkset")
    client.get(f"/01/{GTIN}?linkType=gs1:nosuchlt")
    client.get("/01/09521234500018")
    later.settle()
    assert not Scan.objects.exists()


@on_time
@pytest.mark.parametrize("state", [None, Consent.State.WITHDRAWN])
def test_who_scans_is_not_known(client, rice, menteng, member, state):
    if state:
        say(member, state)
    Touchpoint.objects.all().delete()
    assert len(scanned(client, f"/01/{GTIN}?s=menteng")) == 1
    assert not Touchpoint.objects.exists()


@on_time
def test_who_agreed_finds_it_among_their_contacts(client, rice, menteng, member):
    say(member, Consent.State.GRANTED)
    [one] = scanned(client, f"/01/{GTIN}?s=menteng")
    touched = Touchpoint.objects.get(kind=Touchpoint.Kind.SCAN)
    assert (touched.person, touched.channel, touched.store_id, touched.key) == (
        member,
        "store",
        menteng.pk,
        f"scan:{one.pk}",
    )
    assert touched.data == {"product": rice.pk}


@on_time
def test_a_scan_that_can_not_be_written_stops_neither_the_shopper_nor_the_next(client, rice):
    later.add(Seen(timezone.now(), "phone", product_id=rice.pk + 1000))
    later.settle()
    assert client.get(f"/01/{GTIN}").status_code == 307
    later.settle()
    assert Scan.objects.count() == 1


@on_time
def test_while_the_database_is_busy_shoppers_are_answered(client, rice):
    """The table is locked: the scan waits, its shopper does not."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE kiosk_scan IN ACCESS EXCLUSIVE MODE")
        later.add(Seen(timezone.now(), "phone", product_id=rice.pk))
        assert client.get(f"/01/{GTIN}").status_code == 307
    later.settle()
    assert Scan.objects.count() == 2


def test_what_does_not_fit_is_lost_and_nobody_waits(monkeypatch):
    monkeypatch.setattr(writing, "MOST_WAITING", 2)
    own, held = Later(), threading.Event()
    monkeypatch.setattr(own, "_run", held.wait)
    for _ in range(5):
        own.add(Seen(timezone.now(), "phone"))
    assert own.waiting.qsize() == 2
    held.set()


@pytest.mark.django_db
def test_many_are_written_in_few_statements(rice, menteng, django_assert_num_queries):
    for many in (1, 50):
        with django_assert_num_queries(4):  # shelves, a transaction's two ends, the rows
            write([Seen(timezone.now(), "phone", product_id=rice.pk, store_id=menteng.pk) for _ in range(many)])
    assert Scan.objects.count() == 51


@pytest.mark.django_db
def test_a_session_that_cannot_be_is_nobodys(rice):
    write([Seen(timezone.now(), "phone", product_id=rice.pk, session="aaaaaaaaaa\x00a")])
    assert Scan.objects.count() == 1


@pytest.mark.django_db
def test_scans_are_forgotten_after_half_a_year(rice):
    for age in (timedelta(days=1), KEPT + timedelta(days=1)):
        Scan.objects.create(at=timezone.now() - age, channel="phone", product=rice)
    assert forget_old() == 1
    assert forget_scans() == 0


@pytest.mark.django_db
def test_goods_take_their_scans_along(rice):
    Scan.objects.create(at=timezone.now(), channel="phone", product=rice)
    Product.objects.all().delete()
    assert not Scan.objects.exists()
