"""A basket that was left is spoken of while it is true, and never when it was bought, wherever."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation
from oscar.core.loading import get_model

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.models import FollowUp, Journey, OpenOffer, Step
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.models import Message
from omni_sync.messages.notes import note_from
from omni_sync.oscar.models import Basket, BasketLine
from omni_sync.people.models import Person
from omni_sync.stock.models import Hold
from tests.factories import make_connection, sale, tell_all, voided
from tests.instore.triggers.conftest import basket_of, calls_it_theirs, left
from tests.omni_sync.triggers.conftest import NOON, follow, joined, member, queries_of, why

pytestmark = pytest.mark.django_db
SOON, LATER = NOON + timedelta(hours=4, minutes=1), NOON + timedelta(days=7, hours=1, minutes=1)


@pytest.fixture(autouse=True)
def journey(only, clock):
    return only("cart_left")


@pytest.fixture
def sari(menteng):
    person = member(loyalty="L-1")
    calls_it_theirs(person, menteng)
    return person


def told():
    return next(iter(TRIGGERS["cart_left"].facts(list(FollowUp.objects.all())).values()), None)


def test_left_at_home_bought_at_the_till_and_the_second_step_never_comes(sari, menteng, goods, clock):
    """The whole way: a basket at home, a letter with a true number, the till's own event, and silence."""
    basket_of(sari, goods("Tee", on_hand=1))
    assert follow(clock(SOON)) == 1
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert letter.subject == "Your basket is still here"
    assert "1 \N{MULTIPLICATION SIGN} Tee: Rp149,000" in letter.body
    assert "Only 1 left at Menteng." in letter.body
    assert "No more of these:\nhttps://shop.example/u/" in letter.body
    assert ">No more of these</a>" in letter.alternatives[0][0]
    bought = sale(menteng, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}, at=NOON + timedelta(days=1))
    tell_all(make_connection(menteng, name="till"), bought)
    joined(sari)
    assert Basket.objects.get().status == Basket.OPEN
    assert follow(clock(LATER)) == 1
    assert why() == [("sent", ""), ("stopped", "gone")]
    send_messages()
    assert len(mail.outbox) == 1


def test_it_is_planned_once_and_nothing_is_said_before_its_time(sari, goods, clock):
    basket_of(sari, goods())
    assert follow(clock(NOON + timedelta(hours=3))) == 0
    assert [follow(clock(SOON)), follow(SOON + timedelta(minutes=5))] == [1, 0]
    assert Message.objects.count() == 1


def test_a_human_of_several_rows_hears_it_once_by_what_any_of_them_agreed_to(menteng, goods, clock):
    """The account's row is merged into another, which agreed; the shop is the account's."""
    sari, root = member(agrees=False), member("old@example.com")
    Person.objects.filter(pk=root.pk).update(user=None)
    calls_it_theirs(sari, menteng)
    Person.objects.filter(pk=sari.pk).update(merged_into=root)
    basket_of(sari, goods(on_hand=2))
    assert follow(clock(SOON)) == 1
    assert send_messages()[0] == 1
    assert "Only 2 left at Menteng." in mail.outbox[0].body


def test_nobody_hears_who_did_not_agree_or_has_no_account(menteng, goods, clock):
    member("other@example.com", agrees=False)
    record = goods()
    basket_of(Person.objects.get(), record)
    nobodys = Basket.objects.create()
    BasketLine.objects.create(
        basket=nobodys, line_reference="x", product=record.product, stockrecord=record, price_currency="IDR"
    )
    assert follow(clock(SOON)) == 1
    assert why() == [("stopped", "consent")]


@pytest.mark.parametrize("end", ["emptied", "merged", "changed", "ordered"])
def test_what_became_of_the_basket_between_decision_and_sending_stops_it(sari, goods, clock, end):
    basket = basket_of(sari, goods())
    follow(clock(SOON))
    if end == "emptied":
        basket.lines.all().delete()
    elif end == "changed":
        clock(SOON + timedelta(seconds=5))
        basket.lines.get().save()
    else:
        Basket.objects.update(status=Basket.MERGED if end == "merged" else Basket.SUBMITTED)
    assert send_messages() == (0, True)
    assert why() == [("stopped", "gone")]
    assert mail.outbox == []


def test_what_was_bought_in_another_size_is_left_out_and_a_voided_sale_is_none(sari, menteng, goods, clock):
    style = goods("Style", on_hand=0).product
    sizes = []
    for size in ("S", "M"):
        record = goods(f"Style-{size}")
        record.product.parent, record.product.structure = style, "child"
        record.product.save()
        sizes.append(record)
    style.structure = "parent"
    style.save()
    basket_of(sari, sizes[0], goods("Cap"))
    till = make_connection(menteng, name="till")
    tell_all(till, sale(menteng, "R-1", {"STYLE-M": 1}, customer={"loyalty": "L-1"}, at=NOON + timedelta(hours=1)))
    joined(sari)
    follow(clock(SOON))
    assert [good["title"] for good in told()["goods"]] == ["Cap"]
    tell_all(till, voided(menteng, sale="R-1", at=NOON + timedelta(hours=2)))
    assert len(told()["goods"]) == 2


def test_numbers_are_true(sari, menteng, goods, clock):
    record = goods(on_hand=5)
    basket = basket_of(sari, record)
    follow(clock(SOON))
    assert told()["goods"][0]["left"] is None  # more than a few are not counted
    left(record, 3)
    assert told()["goods"][0]["left"] == 3
    Hold.objects.create(stockrecord=record, quantity=1, holder_kind="basket", holder=str(basket.pk))
    record.level.__class__.objects.update(held=2)  # one of them is their own
    assert told()["goods"][0]["left"] == 2
    left(record, 0)
    assert told() is None  # nobody is called to what can't be had


def test_it_is_written_in_their_language(sari, goods, clock):
    basket_of(sari, goods())
    follow(clock(SOON))
    with translation.override("id"):
        assert told()["goods"][0]["price"] == "Rp149.000"
        assert told()["link"] == "https://shop.example/id/basket/"


def test_a_note_is_short(sari, goods, clock):
    basket_of(sari, goods("T" * 120, on_hand=1))
    follow(clock(SOON))
    note = note_from("cart_left", told())
    assert note.title == "Your basket is still here"
    assert "only 1 left at Menteng" in note.text
    assert len(note.text) <= 120
    assert note.link.endswith("/basket/")


def test_two_lines_of_one_product_are_one_offer_and_keep_nobody_waiting(sari, goods, clock):
    times = {"start_datetime": NOON - timedelta(days=1), "end_datetime": LATER}
    Step.objects.update(offer=get_model("voucher", "Voucher").objects.create(name="Ten", code="TEN", **times))
    record = goods()
    basket = basket_of(sari, record)
    BasketLine.objects.create(
        basket=basket, line_reference="engraved", product=record.product, stockrecord=record, price_currency="IDR",
        price_incl_tax=record.price, price_excl_tax=record.price,
    )  # fmt: skip
    basket_of(member("other@example.com"), goods("Cap"))
    follow(clock(SOON))
    assert why() == [("sent", "")] * 2
    assert OpenOffer.objects.filter(person=sari).count() == 1


def test_nobody_is_held_out_of_what_was_sold_out(goods, clock):
    Journey.objects.update(hold_out=50)
    record = goods()
    for n in range(12):
        basket_of(member(f"s{n}@example.com"), record)
    left(record, 0)
    follow(clock(SOON))
    assert set(why()) == {("stopped", "gone")}


def test_fifty_cost_as_many_queries_as_one(goods, menteng, clock):
    records = [goods(f"Tee {n}") for n in range(3)]
    basket_of(member("first@example.com"), *records)
    follow(clock(SOON))
    one = queries_of("cart_left")
    clock(NOON)
    for n in range(49):
        basket_of(member(f"s{n}@example.com"), *records)
    follow(clock(SOON))
    assert FollowUp.objects.count() == 50
    assert queries_of("cart_left") == one <= 4
