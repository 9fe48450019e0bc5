"""What a person answers to a contradiction, or to an event that failed: the books follow, and stay right."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.pos import known, resolve
from omni_sync.pos.drain import drain
from omni_sync.pos.heal import heal_unmatched
from omni_sync.pos.models import InboxEvent, UnmatchedLine
from omni_sync.pos.renumber import NoFreeName
from omni_sync.pos.resolve import NotCorrectable, WhyNot
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold
from tests.factories import (
    NOON,
    adjusted,
    arrived,
    counted,
    customer,
    goods_in,
    make_connection,
    make_record,
    make_store,
    on_hand,
    returned,
    sale,
    sent,
    tell,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db
LATER, EARLIER = NOON + timedelta(hours=1), NOON - timedelta(hours=1)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def record(store):
    return make_record(store, on_hand=50)


@pytest.fixture
def till(store, record):
    return make_connection(store)


@pytest.fixture
def rani():
    return get_user_model().objects.create(email="rani@langkah.example", is_staff=True)


@pytest.fixture
def answer(rani):
    """Give an answer to the one open conflict (or failure), then work off the lane."""

    def give(use_case, state="conflict"):
        done = use_case(event=InboxEvent.objects.get(state=state), by=rani)
        drain()
        assert violations() == []
        return done

    return give


def newest():
    return InboxEvent.objects.latest("pk")


def contradict(till, first, second):
    tell_all(till, first)
    tell_all(till, second)
    assert InboxEvent.objects.filter(state="conflict").count() == 1


# ignore


def test_an_ignored_conflict_changes_nothing_and_says_who_and_when(store, till, answer, rani):
    contradict(till, sale(store, "R-1", {"TEE": 2}), wrong := sale(store, "R-1", {"TEE": 5}))
    assert answer(resolve.ignore)
    event = InboxEvent.objects.get(event_id=wrong["id"])
    assert (event.state, event.resolution, event.resolved_by) == ("ignored", "ignored", rani)
    assert event.resolved_at is not None
    assert on_hand(store) == 48


def test_what_was_ignored_is_a_duplicate_when_told_again(store, till, answer):
    contradict(till, first := sale(store, "R-1", {"TEE": 2}), wrong := sale(store, "R-1", {"TEE": 5}))
    answer(resolve.ignore)
    told = tell_all(till, wrong, first)
    assert (told.accepted, told.duplicates) == (0, 2)
    assert not InboxEvent.objects.filter(state="conflict").exists()


def test_an_event_is_answered_once(store, till, rani):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    event = InboxEvent.objects.get(state="conflict")
    use_cases = [resolve.ignore, resolve.accept_as_new, resolve.accept_as_correction, resolve.ignore, resolve.retry]
    assert [use_case(event=event, by=rani) for use_case in use_cases] == [True, False, False, False, False]
    drain()
    assert on_hand(store) == 48


def test_two_ignored_conflicts_with_one_number_are_no_trouble(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), sale(store, "R-1", {"TEE": 5}))
    answer(resolve.ignore)
    tell_all(till, sale(store, "R-1", {"TEE": 6}))
    assert answer(resolve.ignore)


# failed events


@pytest.fixture
def failed(store, till):
    event = sale(store, "R-9", {"TEE": 3})
    tell_all(till, event)
    InboxEvent.objects.update(state="pending")  # as though its order were in the way
    drain()
    assert newest().state == "failed"
    return event


def test_a_failed_event_is_tried_again(store, till, failed, answer):
    Order.objects.all().delete()
    assert answer(resolve.retry, state="failed")
    event = newest()
    assert (event.state, event.error, event.resolution) == ("applied", "", "retried")


def test_a_failed_event_can_be_ignored_and_its_number_is_free_again(store, till, failed, answer):
    assert answer(resolve.ignore, state="failed")
    assert tell_all(till, failed).duplicates == 1
    Order.objects.all().delete()
    assert tell_all(till, sale(store, "R-9", {"TEE": 1})).accepted == 1
    assert newest().state == "applied"


def test_a_failed_hint_is_read_again(store, till, failed, rani):
    InboxEvent.objects.update(type="order.updated")
    assert resolve.retry(event=newest(), by=rani)
    assert newest().state == "hint"


# a document of its own


def test_a_conflict_becomes_a_document_of_its_own(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 2}), other := sale(store, "R-1", {"TEE": 5}))
    assert answer(resolve.accept_as_new)
    assert on_hand(store) == 43
    assert set(Order.objects.values_list("number", flat=True)) == {"menteng-R-1", "menteng-R-1~2"}
    told, new = InboxEvent.objects.get(state="accepted"), newest()
    assert (told.event_id, told.document, told.became) == (other["id"], "sale/R-1", new)
    assert (new.event_id, new.document, new.payload["data"]["sale"]) == (other["id"], "sale/R-1~2", "R-1~2")


def test_what_was_taken_up_is_a_duplicate_when_told_again(store, till, answer):
    contradict(till, first := sale(store, "R-1", {"TEE": 2}), other := sale(store, "R-1", {"TEE": 5}))
    answer(resolve.accept_as_new)
    told = tell_all(till, other, first)
    assert (told.accepted, told.duplicates) == (0, 2)
    assert on_hand(store) == 43


def test_the_first_free_number_is_taken(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}), sale(store, "R-1", {"TEE": 2}))
    answer(resolve.accept_as_new)
    tell_all(till, sale(store, "R-1", {"TEE": 3}))
    answer(resolve.accept_as_new)
    assert newest().document == "sale/R-1~3"
    assert on_hand(store) == 44


def test_an_id_that_was_used_twice_gets_a_suffix_and_the_number_stays(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}, key="e"), sale(store, "R-2", {"TEE": 2}, key="e"))
    answer(resolve.accept_as_new)
    assert (newest().event_id, newest().document) == ("e~2", "sale/R-2")
    assert on_hand(store) == 47


def test_a_number_of_full_length_makes_room_for_its_suffix(store, till, answer):
    contradict(till, sale(store, "R" * 64, {"TEE": 1}), sale(store, "R" * 64, {"TEE": 2}))
    answer(resolve.accept_as_new)
    assert newest().document == f"sale/{'R' * 62}~2"
    assert newest().state == "applied"


def test_a_customer_may_be_told_anew(store, till, answer):
    contradict(
        till, customer(store, document="C-1", email="a@example.com"), customer(store, document="C-1", phone="+62811")
    )
    assert answer(resolve.accept_as_new)
    assert newest().state == "applied"


def test_a_void_has_no_number_to_be_taken_up_under(store, till, answer):
    contradict(till, voided(store, sale="R-1"), voided(store, sale="R-1", why="mistake"))
    with pytest.raises(NoFreeName):
        answer(resolve.accept_as_new)
    assert InboxEvent.objects.filter(state="conflict", resolved_at=None).count() == 1


# a correction


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


def refused(answer):
    with pytest.raises(NotCorrectable) as refusal:
        answer(resolve.accept_as_correction)
    assert InboxEvent.objects.filter(state="conflict", resolved_at=None).count() == 1
    return refusal.value.why


def test_kinds_that_take_no_ones_place_are_refused(store, till, answer):
    contradict(till, voided(store, sale="R-1"), voided(store, sale="R-1", why="mistake"))
    assert refused(answer) == WhyNot.KIND


def test_another_kind_of_document_is_refused(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}, key="e"), goods_in(store, {"TEE": 1}, key="e"))
    assert refused(answer) == WhyNot.OTHER_KIND


def test_a_count_of_another_time_is_refused(store, till, answer):
    contradict(
        till,
        counted(store, {"TEE": 9}, document="C-1"),
        counted(store, {"TEE": 7}, document="C-1", at=NOON - timedelta(hours=1)),
    )
    assert refused(answer) == WhyNot.OTHER_COUNT


def test_a_conflict_with_nothing_left_in_its_way_is_refused(store, till, failed, answer, rani):
    tell(till, sale(store, "R-9", {"TEE": 4}))
    resolve.ignore(event=InboxEvent.objects.get(state="failed"), by=rani)
    assert refused(answer) == WhyNot.NOTHING_BEFORE
    assert answer(resolve.accept_as_new)
    assert newest().document == "sale/R-9"


def test_a_sale_that_handed_an_order_over_is_refused(store, record, till, answer):
    order = Order.objects.create(number="100042", total_incl_tax=1, total_excl_tax=1, currency="IDR")
    order.lines.create(
        partner=store, partner_sku="TEE", stockrecord=record, product=record.product, title="Tee", quantity=1,
        line_price_incl_tax=1, line_price_excl_tax=1, line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1, num_allocated=0,
    )  # fmt: skip
    hold(lines=[Line(record.pk, 1)], holder=Holder(Hold.ORDER, "100042"), until=None)
    line = {"line": "1", "sku": "TEE", "quantity": 1, "unit_price": "1000", "order": "100042", "order_line": "1"}
    contradict(till, sale(store, "R-1", [line]), sale(store, "R-1", {"TEE": 2}))
    assert refused(answer) == WhyNot.HANDED_OVER


# the door


def test_the_door_looks_its_keys_up_by_index():
    """A till that has told a million events is answered as quickly as a new one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {known._KNOWN}", [1, ["a"], 1, ["a"], 1, [1], ["sale/R-1"]])
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "Seq Scan on omni_sync_inboxevent" not in plan
