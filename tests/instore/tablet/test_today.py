"""Today: what needs the store, counted right, with little asked of the database."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from instore.pickup.models import Pickup, PickupLine, State
from instore.pickup.place import Asked, place
from instore.tablet import words
from omni_sync.oscar.models import Order, OrderLine
from tests.e2e.looks import misshapen
from tests.instore.pickup.conftest import RINA, bring
from tests.instore.places import make_store, put
from tests.instore.tablet.conftest import page_of, sign_in_at
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db


def more_like(pickup, number):
    """So many pickups of one line each, without going through a checkout."""
    made = []
    for n in range(number):
        order = Order.objects.create(
            number=f"{pickup.order.number}-{n}", currency="IDR",
            total_incl_tax=10, total_excl_tax=10, shipping_incl_tax=0, shipping_excl_tax=0,
        )  # fmt: skip
        line = OrderLine.objects.filter(order=pickup.pk).first()
        line.pk, line.order = None, order
        line.save()
        with transaction.atomic():
            made.append(place(order=order, store=pickup.store, asked=Asked(name=f"Ayu {n}"), by=RINA))
    return made


def test_a_pickup_stands_there_with_initials_pieces_and_promise(on_duty, pickup):
    Pickup.objects.update(name="Dewi Ayu Lestari", email="dewi@example.com", phone="+62811")
    answer = on_duty.get("/staff/today/")
    said = read(answer)
    assert "To pick 1" in said
    assert "DL Dewi Ayu Lestari" in said
    assert "3 pieces" in said
    assert f"Order {pickup.order.number} " in said
    assert "Promised" in said
    assert "late" not in said
    assert "dewi@example.com" not in said
    assert "+62811" not in said
    assert list(misshapen(answer.content.decode())) == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.PICKING, "Being picked 1"),
        (State.READY, "Ready and waiting 1"),
        (State.EXPIRED, "To put back: not collected in time 1"),
    ],
)
def test_each_state_that_needs_somebody_is_counted(on_duty, pickup, state, said):
    bring(pickup, state)
    assert said in read(on_duty.get("/staff/today/"))


@pytest.mark.parametrize("state", [State.COLLECTED, State.CANCELLED, State.PUT_BACK])
def test_what_is_over_needs_nobody(on_duty, pickup, state):
    bring(pickup, state)
    said = read(on_duty.get("/staff/today/"))
    assert "Nothing needs you right now" in said
    assert str(pickup.order.number) not in said


def test_late_is_said_in_words_and_the_oldest_comes_first(on_duty, pickup):
    newer = more_like(pickup, 1)[0]
    Pickup.objects.filter(pk=pickup.pk).update(promised_at=timezone.now() - timedelta(minutes=25, seconds=5))
    said = read(on_duty.get("/staff/today/"))
    assert "25 minutes late" in said
    assert said.index(f"Order {pickup.order.number} ") < said.index(newer.order.number)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=30), ""),
        (timedelta(minutes=1), "1 minute late"),
        (timedelta(minutes=59), "59 minutes late"),
        (timedelta(hours=3, minutes=59), "3 hours late"),
        (timedelta(days=2), "2 days late"),
        (-timedelta(hours=1), ""),
    ],
)
def test_how_late(ago, said):
    now = timezone.now()
    assert words.late_words(Pickup(state="placed", promised_at=now - ago), now) == said
    assert words.late_words(Pickup(state="ready", promised_at=now - ago), now) == ""


def test_who_is_here_stands_first_and_is_counted_whatever_the_state(on_duty, pickup):
    crowd = [pickup, *more_like(pickup, 11)]
    for waited, one in enumerate(crowd[:10]):
        Pickup.objects.filter(pk=one.pk).update(here_at=timezone.now() - timedelta(minutes=waited))
    bring(pickup, State.READY)
    bring(crowd[1], State.CANCELLED)
    answer = on_duty.get("/staff/today/")
    said = read(answer)
    assert said.index("Here now, and waiting 9") < said.index("To pick 10") < said.index("Ready and waiting 1")
    rows = re.findall(r'id="here-(\d+)"', answer.content.decode())
    assert rows == [str(one.pk) for one in reversed(crowd[2:10])]  # eight of nine, the longest wait first
    assert list(misshapen(answer.content.decode())) == []


def test_nobody_is_here_where_nobody_said_so(on_duty, pickup):
    assert "Here now" not in read(on_duty.get("/staff/today/"))


def test_what_was_promised_as_soon_as_possible_is_never_late():
    assert words.late_words(Pickup(state="placed", promised_at=None)) == ""
    assert words.promised_words(Pickup(promised_at=None)) == "As soon as you can"


@pytest.mark.parametrize(("name", "short"), [("Sari", "S"), ("dewi ayu lestari", "DL"), ("", "")])
def test_initials(name, short):
    assert words.initials(name) == short


def test_a_shortfall_names_the_pickups_it_endangers_newest_first(on_duty, shop, collected):
    older, newer = (collected(shop.store, (shop.hat, 2)).pickup for _ in range(2))
    put(shop.hat.product, shop.store.partner, 1, sku="HAT")
    said = read(on_duty.get("/staff/today/"))
    danger = said[: said.index("To pick")]
    assert "Promised, but not there 1" in danger
    assert "Hat : 3 are missing" in danger
    assert danger.index(f"Order {newer.order.number},") < danger.index(f"Order {older.order.number},")


def test_another_stores_pickups_and_shortfalls_are_not_there(pickup, shop, clean_cache):
    elsewhere = sign_in_at(make_store("dago"))
    put(shop.tee.product, shop.store.partner, 0, sku="TEE")
    said = read(elsewhere.get("/staff/today/"))
    assert "Nothing needs you right now" in said
    assert elsewhere.get(page_of(pickup)).status_code == 404


def test_it_asks_the_database_little_however_much_is_to_do(on_duty, pickup, shop):
    put(shop.tee.product, shop.store.partner, 0, sku="TEE")
    on_duty.get("/staff/today/")
    for extra in (0, 49):
        more_like(pickup, extra)
        PickupLine.objects.update(asked_at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            said = read(on_duty.get("/staff/today/"))
        assert len(queries) <= 10, [query["sql"] for query in queries]
        assert f"To pick {extra + 1}" in said
        assert "Asked" in said
    assert "42 more" in said


def test_all_of_a_kind_are_in_pages(on_duty, pickup):
    more_like(pickup, 54)
    with CaptureQueriesContext(connection) as queries:
        first = on_duty.get("/staff/today/?of=placed")
    assert len(queries) <= 10
    second = on_duty.get("/staff/today/?of=placed&page=2")
    numbers = [answer.content.decode().count('class="bag-row"') for answer in (first, second)]
    assert numbers == [50, 5]
    assert list(misshapen(first.content.decode())) == []


def test_the_part_that_reads_itself_again_is_no_tap(on_duty, pickup):
    page = on_duty.get("/staff/today/").content.decode()
    assert """hx-headers='{"Lintas-Untapped": "1"}'""" in page
    assert 'hx-trigger="live, every 20s"' in page


def test_a_step_is_told_to_the_tablets_of_the_store(pickup, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr("instore.tablet.live.publish", told.extend)
    with override_settings(LINTAS_LIVE_URL="redis://x"), django_capture_on_commit_callbacks(execute=True):
        bring(pickup, State.PICKING)
    assert f"pickups-{pickup.store_id}" in told


def test_pieces_of_a_bag_are_those_that_are_in_it(on_duty, pickup):
    bring(pickup, State.READY)
    PickupLine.objects.filter(pickup=pickup, quantity=2).update(picked=1, short_reason="sold")
    assert "2 pieces" in read(on_duty.get("/staff/today/"))
