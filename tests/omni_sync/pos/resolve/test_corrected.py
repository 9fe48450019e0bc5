"""A conflict that corrects what was told first: the books follow, and stay right."""

import pytest

from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.pos import resolve
from omni_sync.pos.drain import drain
from omni_sync.pos.heal import heal_unmatched
from omni_sync.pos.models import InboxEvent, UnmatchedLine
from omni_sync.sales.models import Return, Sale
from tests.factories import (
    NOON,
    adjusted,
    arrived,
    counted,
    goods_in,
    make_record,
    on_hand,
    returned,
    sale,
    sent,
    tell,
    tell_all,
    violations,
    voided,
)
from tests.omni_sync.pos.resolve.conflicts import EARLIER, LATER, contradict, newest

pytestmark = pytest.mark.django_db


def test_a_corrected_sale_takes_the_place_of_the_first(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    assert answer(resolve.accept_as_correction)
    assert on_hand(store) == 45
    first, new = Sale.objects.get(number="R-1"), Sale.objects.get(number="R-1~2")
    assert (first.voided_at, first.order.status) == (NOON, "Cancelled")
    assert (new.voided_at, new.order.status) == (None, "Complete")
    assert newest().corrects.document == "sale/R-1"


def test_a_count_between_the_sale_and_its_correction_is_not_disturbed(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    tell_all(till, counted(store, {"TEE": 40}, at=LATER))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 40


def test_a_correction_is_corrected(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    answer(resolve.accept_as_correction)
    tell_all(till, sale(store, "R-1", {"TEE": 7}))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 43
    assert list(Sale.objects.filter(voided_at=None).values_list("number", flat=True)) == ["R-1~3"]


def test_goods_of_a_corrected_sale_come_back_before_and_after_it(store, till, answer):
    tell_all(till, sale(store, "R-1", {"TEE": 2}), returned(store, "B-1", {"TEE": 1}, of="R-1", at=LATER))
    tell_all(till, sale(store, "R-1", {"TEE": 5}))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 46
    tell_all(till, returned(store, "B-2", {"TEE": 1}, of="R-1", at=LATER))
    assert on_hand(store) == 47
    assert violations() == []


@pytest.mark.parametrize("void_first", [True, False])
@pytest.mark.parametrize("at", [EARLIER, LATER], ids=["dated earlier", "dated later"])
def test_a_void_of_the_number_voids_its_correction(store, till, answer, void_first, at):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    steps = [lambda: tell_all(till, voided(store, sale="R-1", at=at)), lambda: answer(resolve.accept_as_correction)]
    for step in steps if void_first else reversed(steps):
        step()
    assert on_hand(store) == 50
    assert not Sale.objects.filter(voided_at=None).exists()
    assert set(Order.objects.values_list("status", flat=True)) == {"Cancelled"}
    assert violations() == []


def test_a_corrected_return_gives_its_money_back_once(store, till, answer):
    tell_all(till, sale(store, "R-1", {"TEE": 3}))
    refunds = [{"method": "cash", "amount": "1000"}]
    contradict(
        till,
        returned(store, "B-1", {"TEE": 1}, of="R-1", refunds=refunds),
        returned(store, "B-1", {"TEE": 2}, of="R-1", refunds=[{"method": "cash", "amount": "2000"}]),
    )
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 49
    assert list(Return.objects.filter(voided_at=None).values_list("number", flat=True)) == ["B-1~2"]
    assert sum(PaymentSource.objects.values_list("amount_refunded", flat=True)) == 2000


@pytest.mark.parametrize(
    ("tell_it", "left"),
    [
        (lambda store, q: adjusted(store, {"TEE": q}, document="A-1"), 55),
        (lambda store, q: goods_in(store, {"TEE": q}, document="G-1"), 55),
        (lambda store, q: sent(store, "T-1", {"TEE": q}, document="T-1"), 45),
        (lambda store, q: arrived(store, "T-1", {"TEE": q}, document="T-1"), 55),
    ],
    ids=["adjustment", "goods in", "transfer out", "transfer in"],
)
def test_other_documents_are_corrected(store, till, answer, tell_it, left):
    contradict(till, tell_it(store, 2), tell_it(store, 5))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == left
    assert newest().state == "applied"


@pytest.mark.parametrize("number", [{"document": "C-1"}, {}], ids=["numbered", "known by its id"])
def test_a_corrected_count_wins_the_tie(store, till, answer, number):
    contradict(till, counted(store, {"TEE": 9}, key="zz", **number), counted(store, {"TEE": 7}, key="zz", **number))
    answer(resolve.accept_as_correction)
    assert newest().event_id == "zz~2"
    assert on_hand(store) == 7
    tell_all(till, counted(store, {"TEE": 5}, key="zz", **number))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 5


def test_what_was_not_applied_yet_never_will_be(store, till, rani):
    tell(till, sale(store, "R-1", {"TEE": 2}))
    tell(till, sale(store, "R-1", {"TEE": 5}))
    assert resolve.accept_as_correction(event=InboxEvent.objects.get(state="conflict"), by=rani)
    drain()
    assert on_hand(store) == 45
    assert list(Sale.objects.values_list("number", flat=True)) == ["R-1"]
    assert violations() == []


def test_lines_that_waited_for_their_product_do_not_come_back(store, till, answer):
    contradict(till, sale(store, "R-1", {"CAP": 2}), sale(store, "R-1", {"CAP": 5}))
    answer(resolve.accept_as_correction)
    assert UnmatchedLine.objects.filter(healed_at=None).count() == 1
    make_record(store, sku="CAP")
    heal_unmatched()
    assert on_hand(store, "CAP") == -5
    assert violations() == []


def test_a_document_that_only_shares_its_id_is_corrected_too(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}, key="e"), sale(store, "R-2", {"TEE": 2}, key="e"))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 48


def test_a_duplicates_id_leads_to_the_document_it_repeated(store, till, answer):
    tell_all(till, sale(store, "R-1", {"TEE": 1}))
    contradict(till, sale(store, "R-1", {"TEE": 1}, key="e"), sale(store, "R-1", {"TEE": 2}, key="e"))
    answer(resolve.accept_as_correction)
    assert on_hand(store) == 48
