"""Returns: goods at once at the receiving store, money when the sale is known; and documents that never happened."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import transaction

from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.sales.correct import replace_return
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.noted import label_of
from omni_sync.stock.models import Movement
from tests.factories import (
    NOON,
    counted,
    make_connection,
    make_record,
    make_store,
    on_hand,
    returned,
    sale,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REFUND = {"refunds": [{"method": "cash", "amount": "1000", "reference": "r-1"}]}


@pytest.fixture
def stores():
    stores = make_store("menteng"), make_store("kemang")
    for store in stores:
        make_record(store)
    return stores


@pytest.fixture
def menteng(stores):
    return stores[0]


@pytest.fixture
def kemang(stores):
    return stores[1]


@pytest.fixture
def till(stores):
    return make_connection(*stores, name="till")


def refunds():
    return list(PaymentSource.objects.exclude(amount_refunded=0).values_list("order__number", "amount_refunded"))


def test_a_return_notes_its_refund_on_the_order_of_its_sale(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}), returned(menteng, "B-1", {"TEE": 1}, of="R-1", **REFUND))
    back = Return.objects.get()
    assert (back.order, back.flags, back.refunded_at is not None) == (Order.objects.get(), [], True)
    assert (refunds(), on_hand(menteng)) == ([("menteng-R-1", 1000)], -1)


def test_a_return_before_its_sale_moves_goods_at_once_and_money_later(till, menteng):
    tell_all(till, returned(menteng, "B-1", {"TEE": 1}, of="R-1", **REFUND))
    back = Return.objects.get()
    assert (on_hand(menteng), back.order, back.refunded_at, refunds()) == (1, None, None, [])
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    back.refresh_from_db()
    assert (on_hand(menteng), back.order.number, refunds()) == (-1, "menteng-R-1", [("menteng-R-1", 1000)])


def test_a_return_to_another_store_is_restocked_there_and_refunded_on_the_original(till, menteng, kemang):
    told = returned(kemang, "B-1", {"TEE": 1}, of={"sale": "R-1", "store": "menteng"}, **REFUND)
    tell_all(till, told)
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    assert (on_hand(menteng), on_hand(kemang), refunds()) == (-2, 1, [("menteng-R-1", 1000)])


def test_a_sale_of_the_same_number_in_another_store_is_not_the_original(till, menteng, kemang):
    tell_all(till, returned(kemang, "B-1", {"TEE": 1}, of="R-1", **REFUND), sale(menteng, "R-1", {"TEE": 2}))
    assert (Return.objects.get().order, refunds()) == (None, [])


def test_a_return_may_name_an_order(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    tell_all(till, returned(menteng, "B-1", {"TEE": 1}, of={"order": "menteng-R-1"}, **REFUND))
    assert refunds() == [("menteng-R-1", 1000)]


def test_a_return_may_name_an_order_that_arrives_later(till, menteng):
    tell_all(till, returned(menteng, "B-1", {"TEE": 1}, of={"order": "menteng-R-1"}, **REFUND))
    assert refunds() == []
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    assert refunds() == [("menteng-R-1", 1000)]


def test_goods_that_may_not_be_sold_again_do_not_move(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}), returned(menteng, "B-1", {"TEE": 1}, of="R-1", restock=False))
    assert on_hand(menteng) == -2
    assert Return.objects.get().lines.get().restock is False


def test_more_than_was_sold_is_applied_and_flagged(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    tell_all(till, returned(menteng, "B-1", {"TEE": 2}, of="R-1"))
    tell_all(till, returned(menteng, "B-2", {"TEE": 1}, of="R-1"))
    assert dict(Return.objects.values_list("number", "flags")) == {"B-1": [], "B-2": ["over_return"]}
    assert on_hand(menteng) == 1


def test_a_voided_return_does_not_count_as_brought_back(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}), returned(menteng, "B-1", {"TEE": 2}, of="R-1"))
    tell_all(till, voided(menteng, at=NOON + HOUR, **{"return": "B-1"}))
    tell_all(till, returned(menteng, "B-2", {"TEE": 2}, of="R-1"))
    assert Return.objects.get(number="B-2").flags == []


def test_something_that_was_never_sold_there_is_flagged(till, menteng):
    make_record(menteng, sku="CAP")
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}), returned(menteng, "B-1", {"CAP": 1}, of="R-1"))
    assert Return.objects.get().flags == ["over_return"]


def test_a_return_of_nothing_known_is_recorded_without_an_order(till, menteng):
    tell_all(till, returned(menteng, "B-1", {"TEE": 1}, **REFUND))
    assert (Return.objects.get().order, on_hand(menteng)) == (None, 1)


@pytest.mark.parametrize("order", ["sale first", "void first", "together"])
def test_a_voided_sale_is_cancelled_whichever_came_first(till, menteng, order):
    events = [sale(menteng, "R-1", {"TEE": 2}), voided(menteng, sale="R-1", at=NOON + HOUR)]
    if order == "together":
        tell_all(till, *events)
    else:
        for event in events if order == "sale first" else reversed(events):
            tell_all(till, event)
    recorded = Sale.objects.get()
    assert (recorded.voided_at, recorded.order.status) == (NOON + HOUR, "Cancelled")
    assert (on_hand(menteng), violations()) == (0, [])
    assert set(Movement.objects.filter(kind="void").values_list("occurred_at", flat=True)) == {NOON + HOUR}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1)])
def test_a_void_takes_the_returns_of_its_sale_along_in_any_order(till, menteng, kemang, order):
    events = [
        sale(menteng, "R-1", {"TEE": 2}),
        returned(kemang, "B-1", {"TEE": 1}, of={"sale": "R-1", "store": "menteng"}, at=NOON + 2 * HOUR),
        voided(menteng, sale="R-1", at=NOON + HOUR),
    ]
    for place in order:
        tell_all(till, events[place])
    assert (on_hand(menteng), on_hand(kemang), violations()) == (0, 0, [])
    assert (Return.objects.get().voided_at, Sale.objects.get().voided_at) == (NOON + HOUR, NOON + HOUR)
    answers = Movement.objects.filter(kind="void").values_list("stockrecord__partner", "occurred_at")
    assert set(answers) == {(menteng.pk, NOON + HOUR), (kemang.pk, NOON + 2 * HOUR)}


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_where_two_voids_cover_a_return_the_earlier_counts(till, menteng, order):
    events = [
        returned(menteng, "B-1", {"TEE": 1}, of="R-1"),
        voided(menteng, sale="R-1", at=NOON + 3 * HOUR),
        voided(menteng, at=NOON + HOUR, **{"return": "B-1"}),
    ]
    for place in order:
        tell_all(till, events[place])
    assert Return.objects.get().voided_at == NOON + HOUR
    net = {}
    for at, quantity in Movement.objects.filter(kind="void").values_list("occurred_at", "quantity"):
        net[at] = net.get(at, 0) + quantity
    assert {at: q for at, q in net.items() if q} == {NOON + HOUR: -1}
    assert (on_hand(menteng), violations()) == (0, [])


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("what", [{"return": "B-1"}, {"sale": "R-1"}], ids=["return", "sale"])
def test_what_never_came_back_was_never_refunded_in_any_order(till, menteng, what, order):
    events = [
        sale(menteng, "R-1", {"TEE": 2}),
        returned(menteng, "B-1", {"TEE": 1}, of="R-1", **REFUND),
        voided(menteng, at=NOON + HOUR, **what),
    ]
    for place in order:
        tell_all(till, events[place])
    back = Return.objects.get()
    assert (back.voided_at, back.order, back.refunded_at) == (NOON + HOUR, Order.objects.get(), None)
    assert (refunds(), violations()) == ([], [])


def test_two_voids_of_a_return_leave_what_another_gave_back(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 3}))
    for number in ("B-1", "B-2"):
        tell_all(till, returned(menteng, number, {"TEE": 1}, of="R-1", **REFUND))
    tell_all(till, voided(menteng, at=NOON + 2 * HOUR, **{"return": "B-1"}))
    tell_all(till, voided(menteng, at=NOON + HOUR, **{"return": "B-1"}))
    assert refunds() == [("menteng-R-1", 1000)]


@pytest.mark.parametrize("labels", ["now", "before"])
@pytest.mark.parametrize("end", ["replaced", "voided"])
def test_refund_of_another_stores_return_of_that_number_stays(till, menteng, kemang, end, labels):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}))
    tell_all(till, returned(menteng, "B-1", {"TEE": 1}, of="R-1", refunds=[{"method": "cash", "amount": "1000"}]))
    more = {"refunds": [{"method": "cash", "amount": "2000"}]}
    tell_all(till, returned(kemang, "B-1", {"TEE": 1}, of={"sale": "R-1", "store": "menteng"}, **more))
    if labels == "before":
        PaymentSource.objects.exclude(label="").update(label="B-1")
    if end == "voided":
        tell_all(till, voided(menteng, **{"return": "B-1"}))
    else:
        with transaction.atomic():
            replace_return(source=till.name, store_id=menteng.pk, number="B-1", at=NOON)
    assert refunds() == [("menteng-R-1", 2000)]


def test_longest_number_leaves_room_for_what_tells_returns_apart():
    row = Return(pk=2**31 - 1, number="B" * 128)
    assert (len(label_of(row)), label_of(row)[-12:]) == (128, " #2147483647")


@pytest.mark.parametrize("first", ["return", "void"])
def test_a_voided_return_never_happened_whichever_came_first(till, menteng, first):
    events = [returned(menteng, "B-1", {"TEE": 1}), voided(menteng, at=NOON + HOUR, **{"return": "B-1"})]
    for event in events if first == "return" else reversed(events):
        tell_all(till, event)
    assert (Return.objects.get().voided_at, on_hand(menteng)) == (NOON + HOUR, 0)


def test_a_void_answers_documents_of_its_own_store_and_till_only(till, menteng, kemang):
    other = make_connection(menteng, kemang, name="other")
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}), sale(kemang, "R-1", {"TEE": 3}))
    tell_all(other, voided(menteng, sale="R-1", at=NOON + HOUR))
    assert (on_hand(menteng), on_hand(kemang)) == (-2, -3)
    tell_all(till, voided(kemang, sale="R-1", at=NOON + HOUR))
    assert (on_hand(menteng), on_hand(kemang)) == (-2, 0)
    assert set(Sale.objects.exclude(voided_at=None).values_list("store", flat=True)) == {kemang.pk}


def test_a_count_between_a_sale_and_its_void_keeps_what_it_counted(till, menteng):
    tell_all(till, sale(menteng, "R-1", {"TEE": 2}), voided(menteng, sale="R-1", at=NOON + 2 * HOUR))
    tell_all(till, counted(menteng, {"TEE": 10}, at=NOON + HOUR))
    assert on_hand(menteng) == 12  # counted without the two that came back afterwards


def test_a_void_of_something_nobody_knows_waits_without_effect(till, menteng):
    tell_all(till, voided(menteng, sale="never"))
    assert (on_hand(menteng), Movement.objects.count(), violations()) == (0, 0, [])


def test_money_in_a_return_without_a_currency_is_the_stores(till, menteng):
    tell_all(till, returned(menteng, "B-1", {"TEE": 1}, **REFUND))
    assert Return.objects.get().currency == "IDR"
