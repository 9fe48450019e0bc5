"""Bring it to me: a number, and what becomes of it; reserve it elsewhere: an order like any other."""

import pytest

from instore.pickup.models import Pickup
from instore.requests.models import Kind, Request, State, To
from kiosk.station import asking, reserving
from omni_sync.messages.models import Message
from omni_sync.oscar.models import Order, StockRecord
from omni_sync.stock.audit import audit
from tests.instore.tablets import has_word, read
from tests.kiosk.station.conftest import nonce_in

pytestmark = pytest.mark.django_db(transaction=True)


def bring(kiosk, to=To.FITTING_ROOM, **more):
    nonce = nonce_in(kiosk.get("/kiosk/ask/"))
    return kiosk.post("/kiosk/ask/", {"to": to, "nonce": nonce, **more}, follow=True)


def test_the_list_is_brought_to_the_fitting_room(shop, kiosk):
    kiosk.post(f"/kiosk/product/{shop.m.pk}/list/")
    said = read(bring(kiosk))
    made = Request.objects.get()
    assert (made.kind, made.to, made.place) == (Kind.BRING, To.FITTING_ROOM, "By the door")
    assert [(line.product_id, line.quantity) for line in made.lines.all()] == [(shop.m.pk, 1)]
    assert f"Your number {made.number}" in said
    assert "Wait at the fitting room." in said
    for state, words in ((State.TAKEN, "Somebody is on the way."), (State.DONE, "Done. Enjoy!")):
        over = {"ended_at": made.asked_at} if state == State.DONE else {"taken_at": made.asked_at}
        Request.objects.update(state=state, **over)
        assert words in read(kiosk.get("/kiosk/asked/")) or state == State.DONE


def test_a_tap_that_is_sent_twice_asks_once(shop, kiosk):
    nonce = nonce_in(kiosk.get(f"/kiosk/ask/?product={shop.m.pk}"))
    for _ in range(2):
        kiosk.post("/kiosk/ask/", {"to": To.HERE, "nonce": nonce, "product": shop.m.pk})
    assert Request.objects.get().to == To.HERE


def test_with_nothing_listed_somebody_comes(kiosk):
    assert "Shall somebody come?" in read(kiosk.get("/kiosk/ask/"))
    bring(kiosk, To.HERE, kind=Kind.HELP)
    assert Request.objects.get().kind == Kind.HELP
    kiosk.post("/kiosk/asked/cancel/")
    assert Request.objects.get().state == State.CANCELLED


def test_nobody_comes_for_nonsense(kiosk, monkeypatch):
    for form in ({}, {"to": "moon", "nonce": "n" * 20}, {"to": To.HERE, "nonce": "short"}):
        assert kiosk.post("/kiosk/ask/", form).status_code == 422
    assert bring(kiosk, To.HERE).redirect_chain[-1][0] == "/kiosk/list/"  # nothing to be brought
    monkeypatch.setattr(asking.asks, "most", 0)
    assert bring(kiosk, To.HERE, kind=Kind.HELP).status_code == 429
    assert not Request.objects.exists()


def test_the_next_visitor_sees_nothing_of_a_request(shop, kiosk):
    bring(kiosk, To.HERE, kind=Kind.HELP)
    kiosk.post("/kiosk/done/")
    kiosk.post("/kiosk/begin/", {"language": "en"})
    assert kiosk.get("/kiosk/asked/").url == "/kiosk/start/"
    assert Request.objects.get().is_open


def reserve(kiosk, page, nonce=None, **more):
    nonce = nonce or nonce_in(kiosk.get(page))
    return kiosk.post(page, {"name": "Ayu Lestari", "email": "ayu@langkah.example", "nonce": nonce, **more})


def test_what_another_shop_has_is_put_aside_there_once(shop, kiosk):
    page = f"/kiosk/reserve/{shop.shoe.pk}/dago/"
    nonce = nonce_in(kiosk.get(page))
    first, again = reserve(kiosk, page, nonce), reserve(kiosk, page, nonce)
    assert "Jalan shoe is reserved at Dago." in read(first)
    assert "is reserved at Dago." in read(again)
    pickup = Pickup.objects.get()
    assert (pickup.store, pickup.name, pickup.email) == (shop.dago, "Ayu Lestari", "ayu@langkah.example")
    assert pickup.pay_in_store
    assert Message.objects.get().to == "ayu@langkah.example"
    assert audit()["violations"] == []
    for text in (first, kiosk.get("/kiosk/start/")):
        assert "ayu@langkah.example" not in text.content.decode()
    kept = str(dict(kiosk.session)).lower()
    assert not has_word(kept, "ayu")
    assert "lestari" not in kept


def test_what_it_costs_is_what_the_other_shop_asks(shop, kiosk):
    StockRecord.objects.filter(product=shop.m, partner=shop.dago.partner).update(price=199000)
    page = f"/kiosk/reserve/{shop.m.pk}/dago/"
    said = read(kiosk.get(page))
    reserve(kiosk, page)
    assert Order.objects.get().total_incl_tax == 199000
    assert "Rp199,000" in said
    assert "Rp149,000" not in said


def test_the_last_one_goes_to_who_is_first(shop, kiosk):
    page = f"/kiosk/reserve/{shop.shoe.pk}/dago/"
    nonces = [nonce_in(kiosk.get(page)) for _ in range(3)]
    assert [reserve(kiosk, page, nonce).status_code for nonce in nonces] == [200, 200, 409]
    assert Order.objects.count() == 2


def test_nothing_is_reserved_without_a_name_and_an_address(shop, kiosk, monkeypatch):
    page = f"/kiosk/reserve/{shop.shoe.pk}/dago/"
    for wrong in ({"name": ""}, {"email": "ayu"}, {"nonce": "short"}):
        assert reserve(kiosk, page, **wrong).status_code == 422
    for away in (
        f"/kiosk/reserve/{shop.shoe.pk}/menteng/",
        f"/kiosk/reserve/{shop.shoe.pk}/moon/",
        "/kiosk/reserve/9/dago/",
        f"/kiosk/reserve/{shop.tee.pk}/dago/",  # in no size
    ):
        assert kiosk.get(away).status_code == 404
    assert kiosk.post(f"/kiosk/reserve/{shop.tee.pk}/dago/", {"nonce": 16 * "n"}).status_code == 404
    monkeypatch.setattr(reserving.reservations, "most", 0)
    assert reserve(kiosk, page).status_code == 429
    assert not Order.objects.exists()


@pytest.mark.parametrize("code", ["%00", "dago%00", 999 * "d"])
def test_nothing_is_reserved_in_a_shop_that_cannot_be(shop, kiosk, code):
    assert kiosk.get(f"/kiosk/reserve/{shop.m.pk}/{code}/").status_code == 404
    assert kiosk.post(f"/kiosk/reserve/{shop.m.pk}/{code}/").status_code == 404


def test_a_number_that_no_row_can_have_is_no_error(shop, kiosk):
    kiosk.post(f"/kiosk/product/{shop.m.pk}/list/")
    assert kiosk.post(f"/kiosk/list/{10**30}/", {"quantity": "0"}).url == "/kiosk/list/"
    assert kiosk.get(f"/kiosk/reserve/{10**30}/dago/").status_code == 404
