"""The stock's pages in the back office: places, and promises that can't be kept."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.oscar.models import Partner
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold, Location, Shortfall
from tests.factories import (
    level_of,
    make_connection,
    make_product,
    make_record,
    make_store,
    sale,
    sent,
    tell_all,
    violations,
)

pytestmark = pytest.mark.django_db
LOCATIONS, SHORTFALLS = "/dashboard/lintas/locations/", "/dashboard/lintas/shortfalls/"


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create(email="rani@langkah.example", is_staff=True))
    return client


@pytest.fixture
def store():
    return make_store("menteng", zone="Asia/Jakarta")


def read(answer):
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def save(desk, store, **changes):
    facts = {"timezone": "Asia/Makassar", "currency": "idr", "safety": "3", "sells_online": "on"} | changes
    return desk.post(f"{LOCATIONS}{store.pk}/", {name: value for name, value in facts.items() if value is not None})


def test_a_place_is_edited_and_its_stock_follows(desk, store):
    record = make_record(store, on_hand=10)
    assert save(desk, store).url == LOCATIONS
    place = Location.objects.get(partner=store)
    assert (place.timezone, place.currency, place.safety, place.sells_online) == ("Asia/Makassar", "IDR", 3, True)
    assert level_of(record).available == 7
    assert violations() == []
    assert "Menteng menteng Asia/Makassar IDR 3 Yes" in read(desk.get(LOCATIONS))


def test_a_partner_gets_its_location_when_it_is_saved(desk):
    partner = Partner.objects.create(code="new", name="New")
    Location.objects.filter(partner=partner).delete()
    assert "Not set up yet" in read(desk.get(LOCATIONS))
    assert desk.get(f"{LOCATIONS}{partner.pk}/").status_code == 200
    assert not Location.objects.filter(partner=partner).exists()
    save(desk, partner, sells_online=None)
    assert Location.objects.get(partner=partner).sells_online is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Mars/Olympus"},
        {"timezone": "../etc/passwd"},
        {"currency": "KWD"},
        {"currency": "XYZ"},
        {"currency": ""},
        {"safety": "-1"},
        {"safety": "99999999999"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(desk, store, wrong):
    page = save(desk, store, **wrong)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == wrong.keys()
    assert Location.objects.get(partner=store).timezone == "Asia/Jakarta"


def test_where_nobody_fulfils_web_orders_the_page_says_so(desk, store):
    assert "No place fulfils web orders" in read(desk.get(LOCATIONS))
    save(desk, store)
    assert "No place fulfils web orders" not in read(desk.get(LOCATIONS))


def test_no_partner_at_all(desk):
    Partner.objects.all().delete()
    assert "There is no place yet" in read(desk.get(LOCATIONS))


def promise(record, quantity, order):
    with transaction.atomic():
        hold(lines=[Line(record.pk, quantity)], holder=Holder(Hold.ORDER, order), until=None)


def fall_short(store, till, sku, order):
    record = make_record(store, product=make_product(f"Tee {sku}"), sku=sku, on_hand=4)
    promise(record, 3, f"{order}-old")
    promise(record, 1, f"{order}-new")
    tell_all(till, sale(store, f"R-{sku}", {sku: 1}))


def test_a_shortfall_names_the_promises_it_endangers(desk, store):
    assert "Every promise can be kept" in read(desk.get(SHORTFALLS))
    fall_short(store, make_connection(store), "TEE", "100")
    page = read(desk.get(SHORTFALLS))
    assert re.search(r"Tee TEE TEE Menteng Promised more than there is 1 3 4 1 . order 100-new \d", page)
    assert "100-old" not in page


def test_goods_lost_on_their_way_have_no_promises(desk, store):
    record = make_record(store, on_hand=4)
    promise(record, 1, "100")
    tell_all(make_connection(store), sent(store, "T-7", {"TEE": 2}))
    Shortfall.objects.create(kind="transit", stockrecord=record, reference="T-7", missing=2)
    page = read(desk.get(SHORTFALLS))
    assert "Lost between stores Transfer T-7" in page
    assert "order 100" not in page


@pytest.mark.parametrize(("page", "budget"), [(LOCATIONS, 8), (SHORTFALLS, 9)], ids=str)
def test_as_many_queries_for_fifty_as_for_one(desk, store, page, budget, django_assert_max_num_queries):
    till = make_connection(store)
    fall_short(store, till, "TEE", "100")
    desk.get(page)
    with django_assert_max_num_queries(budget) as one:
        desk.get(page)
    for n in range(50):
        if page == LOCATIONS:
            make_store()
        else:
            fall_short(store, till, f"TEE-{n}", str(n))
    with django_assert_max_num_queries(len(one)):
        assert "Page 1 of 2" in read(desk.get(page))
