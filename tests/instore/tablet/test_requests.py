"""Who asks for somebody rings on every page of every tablet of the store, and is told who comes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from instore.requests.ask import Wanted, ask
from instore.requests.cancel import cancel
from instore.requests.models import Kind, Request, State, To
from instore.stores.shelves import ShelfPlace
from tests.e2e.looks import misshapen
from tests.instore.places import make_product, put
from tests.instore.tablets import make_associate, make_device, read, tablet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def spare(shop):
    return make_device(shop.store, name="Door", kind="kiosk")[0]


@pytest.fixture
def shoe(shop):
    record = put(make_product("Trail shoe"), shop.store.partner, 2, sku="TRAIL-42")
    ShelfPlace.objects.create(store=shop.store, product=record.product, place="A-3")
    return record.product


@pytest.fixture
def asked(shop, shoe, spare):
    wants = [Wanted(shoe.pk, 3)]
    return ask(
        store=shop.store, kind=Kind.BRING, to=To.FITTING_ROOM, wants=wants, device=spare, key="nonce-of-a-kiosk-1"
    )


def test_ring_says_how_many_wait_and_nothing_of_them(on_duty, asked):
    answer = on_duty.get("/staff/rings/")
    assert "1 shopper asks for somebody" in read(answer)
    assert f'data-waiting="{asked.pk}"' in answer.content.decode()
    assert "Trail" not in answer.content.decode()


def test_locked_tablet_rings_too(on_duty, asked):
    on_duty.post("/staff/lock/")
    assert "1 shopper asks" in read(on_duty.get("/staff/rings/"))
    assert 'hx-get="/staff/rings/"' in on_duty.get("/staff/").content.decode()


def test_nothing_rings_once_somebody_goes(on_duty, asked):
    assert on_duty.post(f"/staff/requests/{asked.pk}/take/").url == f"/staff/requests/{asked.pk}/"
    assert "asks for somebody" not in read(on_duty.get("/staff/rings/"))
    assert Request.objects.get().state == State.TAKEN


def test_today_says_where_what_is_wanted_goes(on_duty, asked):
    said = read(on_duty.get("/staff/today/"))
    assert "Shoppers who ask for somebody 1" in said
    assert "Bring to the fitting room 3 \N{MULTIPLICATION SIGN} Trail shoe" in said


def test_page_says_where_it_stands_and_how_many_are_left(on_duty, asked):
    answer = on_duty.get(f"/staff/requests/{asked.pk}/")
    said = read(answer)
    assert "Place A-3" in said
    assert "SKU TRAIL-42" in said
    assert "Only 2 left here" in said
    assert list(misshapen(answer.content.decode())) == []


def test_done_goes_back_to_today(on_duty, asked):
    assert on_duty.post(f"/staff/requests/{asked.pk}/done/").url == "/staff/today/"
    assert "This was done already" in read(on_duty.get(f"/staff/requests/{asked.pk}/"))


def test_who_is_slower_reads_who_goes(on_duty, asked, shop):
    Request.objects.update(
        state=State.TAKEN, taken_by=make_associate(shop.store, "Bagas"), taken_at="2026-11-21T10:00Z"
    )
    for verb in ("take", "done", "leave"):
        assert "Bagas goes already." in read(on_duty.post(f"/staff/requests/{asked.pk}/{verb}/"), 409)


def test_who_needs_nobody_any_more_is_not_gone_to(on_duty, asked):
    cancel(token=asked.token)
    said = read(on_duty.post(f"/staff/requests/{asked.pk}/take/"), 409)
    assert "The shopper needs nobody any more. Put back what you have fetched." in said


def test_unknown_request_or_verb_does_nothing(on_duty, asked):
    read(on_duty.get("/staff/requests/0/"), 404)
    assert "I'm coming" in read(on_duty.post(f"/staff/requests/{asked.pk}/eat/"))
    assert Request.objects.get().state == State.WAITING


@pytest.mark.parametrize("number", [1, 20])
def test_pages_ask_the_database_little_however_many_wait(on_duty, shop, spare, number):
    for n in range(number):
        product = put(make_product(f"Shoe {n}"), shop.store.partner, 1, sku=f"SHOE-{n}").product
        ask(store=shop.store, kind=Kind.HELP, wants=[Wanted(product.pk)], device=spare, key=f"nonce-of-a-kiosk-{n}")
    pages = {"/staff/rings/": 3, "/staff/requests/": 6, "/staff/today/": 8}
    pages[f"/staff/requests/{Request.objects.first().pk}/"] = 9
    for page, most in pages.items():
        with CaptureQueriesContext(connection) as queries:
            read(on_duty.get(page))
        assert len(queries) <= most, page


def test_stranger_browser_hears_no_ring(asked):
    assert tablet_of("x").get("/staff/rings/").status_code == 302
