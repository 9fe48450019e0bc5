"""Click and collect as its staff meet it: LESSONS 34, 35, 36 and 40."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from instore.pickup.code import code_of, token_of
from instore.pickup.models import Pickup, State
from instore.pickup.money import take_before_it_ends
from instore.staff.models import Role
from omni_sync.messages.drain import send_messages
from omni_sync.oscar.models import Product, ProductClass, StockRecord
from omni_sync.payments.models import Payment
from omni_sync.stock.models import Hold, Movement
from tests.instore.pickup.conftest import assert_books_are_right, bring, levels, line_of, state_of
from tests.instore.pickup.test_money import held as held_fixture
from tests.instore.pickup.test_money import money
from tests.instore.places import make_store, make_warehouse, put
from tests.instore.tablet import conftest as tablets
from tests.instore.tablet.conftest import nonce, page_of, sign_in_at, tap
from tests.instore.tablets import make_manager, read
from tests.omni_sync.payments import conftest as payments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]

basket, order, product, request_of, strategy, shop, collected, pickup, on_duty = (
    tablets.basket, tablets.order, tablets.product, tablets.request_of, tablets.strategy, tablets.shop,
    tablets.collected, tablets.pickup, tablets.on_duty,
)  # fmt: skip
held, bank = held_fixture, payments.bank


@pytest.fixture(autouse=True)
def address(monkeypatch, settings):
    """Whoever orders leaves an address."""
    from instore.pickup import place

    known = place.asked_for
    said = {"email": "dewi@example.com", "name": "Dewi Ayu"}
    settings.BASE_URL = "https://shop.example"
    monkeypatch.setattr("instore.pickup.receivers.asked_for", lambda order, asked: known(order, {**asked, **said}))


def letters():
    """What Dewi was sent, in that order: that her bag is ready, or anything else."""
    send_messages()
    return ["ready" if "Your bag is ready" in one.subject else "other" for one in mail.outbox]


def pack(tablet, pickup, *, missing=()):
    """From the shelf into the bag, by taps; of what is ``missing`` none was there."""
    tap(tablet, pickup, "begin", 1)
    for key, line in enumerate(pickup.lines.order_by("pk"), 2):
        if line.order_line.partner_sku in missing:
            tap(tablet, pickup, "missing", key, line=line.pk, found=0, reason="sold")
        else:
            tap(tablet, pickup, "found", key, line=line.pk, quantity=line.quantity)
    return tap(tablet, pickup, "ready", 100)


def hand_over(tablet, pickup):
    """For the code, and for cash where money is due."""
    assert tablet.post("/staff/collect/", {"code": code_of(pickup)}).status_code == 302
    return tablet.post(f"/staff/collect/{pickup.order.number}/", {"nonce": nonce(200), "method": "cash"})


@pytest.mark.parametrize(
    ("state", "told"), [(State.PLACED, "Nobody has started to pick this."), (State.PICKING, "This is being picked.")]
)
def test_lesson_34_who_comes_at_once_is_told_to_wait_and_so_is_who_serves_them(on_duty, pickup, client, state, told):
    bring(pickup, state)
    page = read(client.get(f"/collect/{token_of(pickup)}/"))
    assert "Not ready yet" in page
    assert "please wait for that before you come" in page
    assert "is ready at" not in page
    send_messages()
    assert "please wait for that before you come" in mail.outbox[0].body
    assert told in read(hand_over(on_duty, pickup), 409)
    assert "This bag is not ready yet" in read(on_duty.get(f"/staff/collect/{pickup.order.number}/"))
    assert state_of(pickup) == state


def test_lesson_35_ready_does_not_ask_what_is_left_here_or_elsewhere(on_duty, pickup, shop):
    put(shop.tee.product, make_warehouse(), 0, sku="TEE")
    for record in (shop.tee, shop.hat):
        put(record.product, shop.store.partner, 0, sku=record.partner_sku)
    assert pack(on_duty, pickup).status_code == 302
    assert (state_of(pickup), letters()) == ("ready", ["other", "ready"])
    assert hand_over(on_duty, pickup).status_code == 302
    assert state_of(pickup) == "collected"


def test_lesson_35_what_nobody_counts_is_made_ready_like_the_rest(on_duty, shop, collected):
    kind = ProductClass.objects.create(name="Uncounted", track_stock=False)
    sewn = StockRecord.objects.create(
        product=Product.objects.create(title="Embroidery", product_class=kind), partner=shop.store.partner,
        partner_sku="SEW", price=50000, price_currency="IDR",
    )  # fmt: skip
    mixed = collected(shop.store, (shop.tee, 1), (sewn, 2)).pickup
    pack(on_duty, mixed)
    assert letters() == ["other", "ready"]
    hand_over(on_duty, mixed)
    assert (state_of(mixed), levels(shop)["tee"]) == ("collected", (4, 0))
    assert_books_are_right()


def test_lesson_35_however_often_ready_is_tapped_the_shopper_is_told_once(on_duty, pickup):
    pack(on_duty, pickup)
    beside = sign_in_at(pickup.store, "Budi", device="Stock room")
    again = [tap(on_duty, pickup, "ready", 100), tap(on_duty, pickup, "ready", 101), tap(beside, pickup, "ready", 102)]
    assert [answer.status_code for answer in again] == [302, 409, 409]
    assert letters() == ["other", "ready"]
    assert letters() == ["other", "ready"]


def test_lesson_35_goods_leave_the_shop_that_gives_them_not_the_one_that_sends_parcels(on_duty, pickup, shop):
    parcels = put(shop.tee.product, make_warehouse(), 50, sku="TEE")
    pack(on_duty, pickup)
    hand_over(on_duty, pickup)
    gone = Movement.objects.filter(kind=Movement.Kind.HAND_OVER)
    assert set(gone.values_list("stockrecord__partner__code", flat=True)) == {"menteng"}
    assert levels(shop) == {"tee": (3, 0), "hat": (3, 0)}
    parcels.refresh_from_db()
    assert parcels.num_in_stock == 50


def test_lesson_36_a_line_that_is_refunded_and_gone_blocks_nothing(on_duty, held, pickup, shop):
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=1))
    take_before_it_ends()
    money()
    put(shop.tee.product, shop.store.partner, 0, sku="TEE")
    pack(on_duty, pickup, missing={"TEE"})
    assert money() == (447000, 298000, "captured")
    assert letters()[-1] == "ready"
    assert "All is paid" in bag_of(on_duty, pickup)
    hand_over(on_duty, pickup)
    assert state_of(pickup) == "collected"
    assert_books_are_right()


def bag_of(tablet, pickup):
    tablet.post("/staff/collect/", {"code": code_of(pickup)})
    return read(tablet.get(f"/staff/collect/{pickup.order.number}/"))


def test_lesson_36_who_is_warned_that_something_is_missing_has_a_way_out(on_duty, pickup, shop):
    put(shop.hat.product, shop.store.partner, 0, sku="HAT")
    today = on_duty.get("/staff/today/")
    assert "Promised, but not there 1" in read(today)
    assert f'href="{page_of(pickup)}"' in today.content.decode()
    pack(on_duty, pickup, missing={"HAT"})
    assert "Promised, but not there" not in read(on_duty.get("/staff/today/"))
    hand_over(on_duty, pickup)
    assert (state_of(pickup), levels(shop)["hat"]) == ("collected", (0, 0))
    assert_books_are_right()


def test_lesson_40_what_a_shop_cannot_give_goes_to_no_other_shop_but_onto_a_list(on_duty, pickup, shop, client):
    dago = make_store("dago")
    put(shop.hat.product, dago.partner, 50, sku="HAT")
    pack(on_duty, pickup, missing={"HAT"})
    assert not Hold.objects.exclude(stockrecord__partner=shop.store.partner).exists()
    assert Pickup.objects.get().store == shop.store
    assert "Nothing needs you" in read(sign_in_at(dago, "Budi").get("/staff/today/"))
    client.force_login(make_manager())
    assert str(pickup.order.number) in read(client.get("/dashboard/lintas/pickups/list/?what=short&store=menteng"))


def test_lesson_40_a_bag_that_is_ready_is_cancelled_by_managers_only(on_duty, pickup, shop):
    assert "Cancel this pickup" in read(on_duty.get(page_of(pickup)))
    pack(on_duty, pickup)
    assert "Cancel this pickup" not in read(on_duty.get(page_of(pickup)))
    assert "only a manager cancels it" in read(tap(on_duty, pickup, "cancel", 300), 409)
    assert (state_of(pickup), levels(shop)["tee"]) == ("ready", (5, 2))
    rani = sign_in_at(shop.store, "Rani", device="Office", role=Role.MANAGER)
    assert "Cancel this pickup" in read(rani.get(page_of(pickup)))
    assert tap(rani, pickup, "cancel", 301).status_code == 302
    assert (state_of(pickup), levels(shop)["tee"]) == ("cancelled", (5, 0))


def test_lesson_40_what_was_cancelled_is_not_asked_for_any_more(on_duty, pickup, collected, shop):
    other = collected(shop.store, (shop.tee, 1)).pickup
    tap(on_duty, other, "cancel", 300)
    pack(on_duty, pickup, missing={"HAT"})
    today = read(on_duty.get("/staff/today/"))
    assert "2 pieces" in today
    assert f"Order {other.order.number} " not in today
    assert "Start to pick" not in read(on_duty.get(page_of(other)))
    assert line_of(pickup, "hat").picked == 0
    bag = bag_of(on_duty, pickup)
    assert "0 of 1: sold in the store" in bag
    assert "298,000" in bag  # what is not there is not paid
