"""Quantities and money, to the letter of CONTRACTS."""

import pytest

from omni_sync.pos.drain import drain
from omni_sync.sales.models import Sale
from tests.factories import (
    adjusted,
    counted,
    goods_in,
    on_hand,
    post,
    returned,
    sale,
    states,
)
from tests.omni_sync.pos.door.answers import is_unusable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


BAD_QUANTITIES = [0, -1, True, False, 1.0, 1.5, "2", None, 2**31, 10**30, 1e300, [], {}]


@pytest.mark.parametrize("quantity", BAD_QUANTITIES, ids=repr)
@pytest.mark.parametrize("make", [sale, lambda s, _, lines: goods_in(s, lines)], ids=["sale", "goods in"])
def test_a_quantity_that_is_no_whole_number_from_1_is_refused(client, till, make, quantity):
    event = make("menteng", "R-1", [("TEE", 1)])
    event["data"]["lines"][0]["quantity"] = quantity
    assert "quantity" in is_unusable(post(client, till, [event]))["rejected"][0]["error"]


@pytest.mark.parametrize("quantity", [q for q in BAD_QUANTITIES if q != 0 or q is False], ids=repr)
def test_a_count_is_a_whole_number_from_0(client, till, quantity):
    event = counted("menteng", {"TEE": 0})
    event["data"]["lines"][0]["quantity"] = quantity
    is_unusable(post(client, till, [event]))
    assert post(client, till, [counted("menteng", {"TEE": 0})]).json()["accepted"] == 1


@pytest.mark.parametrize("quantity", [0, -(2**31) - 1, True, 0.5], ids=repr)
def test_an_adjustment_is_signed_and_not_nothing(client, till, store, quantity):
    event = adjusted("menteng", {"TEE": 1})
    event["data"]["lines"][0]["quantity"] = quantity
    is_unusable(post(client, till, [event]))
    assert post(client, till, [adjusted("menteng", {"TEE": -3})]).json()["accepted"] == 1
    drain()
    assert on_hand(store) == -3


BAD_MONEY = [1000, 10.5, 0, None, True, "", "1,000", "1e3", "NaN", "Infinity", "-5", "+5", " 5", "5.", ".5", "١٢",
             "0x1", "1" * 11, "1" * 400, "10.00", "10.50", "10.123"]  # fmt: skip


@pytest.mark.parametrize("amount", BAD_MONEY, ids=repr)
def test_money_is_text_in_major_units_with_the_decimals_of_its_currency(client, till, amount):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["data"]["lines"][0]["unit_price"] = amount
    is_unusable(post(client, till, [event]))
    assert Sale.objects.count() == 0


@pytest.mark.parametrize("field", ["discount", "amount", "tax"])
def test_every_amount_of_a_line_is_looked_at(client, till, field):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["data"]["lines"][0][field] = "1.5"
    is_unusable(post(client, till, [event]))


@pytest.mark.parametrize("field", ["discount", "shipping", "rounding", "total"])
def test_every_amount_of_a_sale_is_looked_at(client, till, field):
    is_unusable(post(client, till, [sale("menteng", "R-1", {"TEE": 1}, **{field: "1.5"})]))
    is_unusable(post(client, till, [sale("menteng", "R-1", {"TEE": 1}, **{field: 1})]))


def test_amounts_that_come_to_more_than_the_books_have_room_for_are_refused(client, till):
    for skus in ({"TEE": 2_000}, [("TEE", 999), ("CAP", 999)]):
        event = sale("menteng", "R-1", skus, price="9999999")
        event["data"]["payments"] = []
        assert "ten digits" in is_unusable(post(client, till, [event]))["rejected"][0]["error"]
    event = sale("menteng", "R-1", {"TEE": 1000}, price="9999999")
    assert post(client, till, [event]).json()["accepted"] == 1
    drain()
    assert states(event) == ["applied"]


def test_two_decimals_are_right_where_the_currency_has_them(client, till):
    event = sale("menteng", "R-1", {"TEE": 1}, price="10.50", currency="USD")
    assert post(client, till, [event]).json()["accepted"] == 1


@pytest.mark.parametrize("currency", ["KWD", "BHD", "ABC", "idr", "ID", "", None, 360])
def test_a_currency_nobody_can_count_in_is_refused(client, till, currency):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["data"]["currency"] = currency
    assert is_unusable(post(client, till, [event]))["rejected"]


def test_a_refund_in_a_currency_without_decimals_has_none_even_if_it_is_not_named(client, till):
    """The store's currency is the return's where it names none: an amount it can't have is refused at the door."""
    is_unusable(post(client, till, [returned("menteng", "B-1", {"TEE": 1}, currency="IDR", amount="10.50")]))


def test_another_currency_than_the_stores_is_recorded_in_its_own_and_flagged(client, till, store):
    assert post(client, till, [sale("menteng", "R-1", {"TEE": 2}, price="9.99", currency="EUR")]).status_code == 202
    drain()
    recorded = Sale.objects.get()
    assert (recorded.currency, recorded.order.currency, recorded.flags) == ("EUR", "EUR", ["currency"])
    assert on_hand(store) == -2
