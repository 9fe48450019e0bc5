"""Drift: counts against what was expected, and levels that tills report by themselves."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from omni_sync.pos.adapters.port import LevelTold, Reading
from omni_sync.pos.drain import drain
from omni_sync.pos.drift import report
from omni_sync.pos.drift.counts import differences, drift_of_stores
from omni_sync.pos.drift.models import ReportedLevel
from omni_sync.pos.drift.report import Verdict, report_level, set_aside, take_as_count
from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.receive import receive
from omni_sync.stock.byhand import MovedMeanwhile
from omni_sync.stock.hold import Holder, Line, hold
from tests.factories import (
    counted,
    goods_in,
    level_of,
    make_connection,
    make_product,
    make_record,
    make_store,
    on_hand,
    sale,
    tell,
    tell_all,
    violations,
)
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db
DRIFT = "/dashboard/lintas/drift/"


@pytest.fixture
def rani():
    return get_user_model().objects.create(email="rani@langkah.example", is_staff=True)


@pytest.fixture
def desk(client, rani):
    client.force_login(rani)
    return client


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def record(store):
    return make_record(store, on_hand=20)


@pytest.fixture
def till(store, record):
    return make_connection(store, name="menteng-till")


def ago(**span):
    return timezone.now() - timedelta(**span)


def read(answer):
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


# counts


def test_a_count_is_compared_with_what_the_ledger_expected(store, till, record):
    tell_all(till, sale(store, "R-1", {"TEE": 3}, at=ago(days=9)), counted(store, {"TEE": 15}, at=ago(days=8)))
    tell_all(till, goods_in(store, {"TEE": 5}, at=ago(days=5)), counted(store, {"TEE": 21}, at=ago(days=4)))
    tell_all(till, sale(store, "R-2", {"TEE": 1}, at=ago(days=2)), counted(store, {"TEE": 20}, at=ago(days=1)))
    found = differences([store.pk], days=30, start=0, most=50)
    assert [(d.expected, d.counted, d.units, d.value) for d in found] == [
        (20, 21, 1, Decimal(149000)), (17, 15, -2, Decimal(-298000)),
    ]  # fmt: skip
    (drift,) = drift_of_stores([store.pk])
    week, month = drift.spans
    assert (week.counts, week.differing, week.fewer, week.more, week.value) == (2, 1, 0, 1, Decimal(149000))
    assert (month.counts, month.differing, month.fewer, month.more, month.net) == (3, 2, -2, 1, -1)


def test_what_comes_late_changes_what_was_expected(store, till, record):
    tell_all(till, counted(store, {"TEE": 18}, at=ago(days=1)))
    assert [d.units for d in differences([store.pk], days=7, start=0, most=9)] == [-2]
    tell_all(till, sale(store, "R-1", {"TEE": 2}, at=ago(days=2)))
    assert differences([store.pk], days=7, start=0, most=9) == []


def test_a_sale_at_the_instant_of_the_count_is_in_it(store, till, record):
    at = ago(days=1)
    tell_all(till, sale(store, "R-1", {"TEE": 2}, at=at), counted(store, {"TEE": 18}, at=at))
    assert differences([store.pk], days=7, start=0, most=9) == []


def test_of_two_counts_at_one_instant_the_one_in_force_counts_its_lines_summed(store, till, record):
    at = ago(days=1)
    tell_all(till, counted(store, {"TEE": 3}, at=at, key="a"), counted(store, [("TEE", 9), ("TEE", 8)], at=at, key="b"))
    assert [(d.expected, d.counted) for d in differences([store.pk], days=7, start=0, most=9)] == [(20, 17)]
    tell_all(till, counted(store, {"TEE": 16}, at=ago(hours=1)))
    assert [d.expected for d in differences([store.pk], days=7, start=0, most=9)] == [17, 20]


def test_a_first_count_is_no_drift(store, till):
    make_record(store, product=make_product("Cap"), sku="CAP")
    tell_all(till, counted(store, {"CAP": 5}, at=ago(days=1)))
    assert drift_of_stores([store.pk]) == []


def test_the_page_shows_each_store_and_its_counts(desk, store, till, record):
    assert "there is nothing to compare" in read(desk.get(DRIFT))
    other = make_store("dago")
    shelf = make_record(other, product=make_product("Cap"), sku="CAP", on_hand=5, price=None)
    tell_all(make_connection(other), counted(other, {"CAP": 4}, at=ago(days=20)))
    tell_all(till, counted(store, {"TEE": 22}, at=ago(days=1)))
    page = read(desk.get(DRIFT))
    assert re.search(r"Dago . 0 0 Rp0 1 1 off -1 0 Rp0 Menteng 1 1 off 0 \+2 Rp298,000 1 1 off 0 \+2 Rp298,000", page)
    assert re.search(r"Tee TEE Menteng 20 22 \+2 Rp298,000 .* Cap CAP Dago 5 4 -1 .", page)
    only = read(desk.get(DRIFT, {"store": other.pk, "days": "30"}))
    assert "Tee TEE" not in only
    assert "Every count of these days" in read(desk.get(DRIFT, {"store": other.pk, "days": "7"}))
    assert desk.get(DRIFT, {"store": "x", "days": "x", "page": "0"}).status_code == 200
    assert shelf.pk


# what tills say


def say(till, quantity, *, sku="TEE", store="menteng", **more):
    with transaction.atomic():
        return report_level(connection=till, store=store, sku=sku, quantity=quantity, **more)


@pytest.fixture
def quiet(record):
    """Nothing was told of these goods lately, so nothing is an echo."""
    OutboxEvent.objects.update(at=ago(minutes=6))


def test_a_reported_level_is_never_a_count(till, record, quiet):
    assert say(till, 17) == Verdict.DRIFT
    row = ReportedLevel.objects.get()
    assert (row.quantity, row.told, row.difference, row.times) == (17, 20, -3, 1)
    assert level_of(record).on_hand == 20


def test_what_agrees_is_no_drift_and_ends_what_differed(till, record, quiet):
    assert say(till, 20) == Verdict.AGREES
    say(till, 17)
    assert say(till, 20) == Verdict.AGREES
    assert ReportedLevel.objects.get().outcome == "agreed"


def test_promised_goods_are_not_expected_at_the_till(till, record, quiet):
    with transaction.atomic():
        hold(lines=[Line(record.pk, 4)], holder=Holder("order", "1"), until=None)
    assert say(till, 16) == Verdict.AGREES


def test_said_again_it_is_one_row_that_follows(till, record, quiet):
    say(till, 17), say(till, 15)
    assert [(row.quantity, row.times) for row in ReportedLevel.objects.all()] == [(15, 2)]
    assert say(till, 11, at=ago(hours=1)) == Verdict.OUTDATED
    assert ReportedLevel.objects.get().quantity == 15


def test_our_own_echo_is_known_by_its_key(store, till, record, quiet):
    told = OutboxEvent.objects.create(type="stock.changed", store=store, data={"sku": "TEE", "on_hand": 9, "held": 0})
    OutboxEvent.objects.filter(pk=told.pk).update(at=ago(days=1))
    assert say(till, 17, key=f"evt_{told.pk}") == Verdict.ECHO
    assert say(till, 17, key="evt_999999") == Verdict.DRIFT
    assert say(till, 17, sku="TEE", key="nonsense") == Verdict.DRIFT


@pytest.mark.parametrize(("minutes", "verdict"), [(4, Verdict.ECHO), (6, Verdict.DRIFT)])
def test_our_own_echo_is_known_by_its_value_for_five_minutes(store, till, record, quiet, minutes, verdict):
    told = OutboxEvent.objects.create(type="stock.changed", store=store, data={"sku": "TEE", "on_hand": 19, "held": 2})
    OutboxEvent.objects.filter(pk=told.pk).update(at=ago(minutes=minutes))
    assert say(till, 17) == verdict
    assert say(till, 16) == Verdict.DRIFT


def test_unknown_goods_and_stores_are_no_drift(till, record):
    assert say(till, 5, sku="NOPE") == Verdict.UNKNOWN
    assert say(till, 5, store="elsewhere") == Verdict.UNKNOWN
    assert not ReportedLevel.objects.exists()


def test_a_person_takes_it_as_a_count(desk, rani, store, till, record, quiet):
    with transaction.atomic():
        hold(lines=[Line(record.pk, 4)], holder=Holder("order", "1"), until=None)
    OutboxEvent.objects.update(at=ago(minutes=6))
    say(till, 13)  # 3 fewer than the 16 that it may sell
    tell_all(till, sale(store, "R-1", {"TEE": 1}, at=timezone.now()))
    page = desk.get(DRIFT)
    assert re.search(r"Tee TEE Menteng menteng-till 13 16 -3 .* Count 16 Our books are right", read(page))
    row = ReportedLevel.objects.get()
    form = {"answer": "count", "on_hand": "19"}
    assert "Counted: 16 on hand." in read(desk.post(f"{DRIFT}reported/{row.pk}/", form, follow=True))
    assert on_hand(store) == 16
    row.refresh_from_db()
    assert (row.outcome, row.ended_by) == ("counted", rani)
    assert "answered this already" in read(desk.post(f"{DRIFT}reported/{row.pk}/", form, follow=True))
    assert violations() == []


def test_a_count_against_another_figure_is_refused(desk, store, till, record, quiet):
    say(till, 17)
    row = ReportedLevel.objects.get()
    form = {"answer": "count", "on_hand": "21"}
    assert "The books say 20 by now" in read(desk.post(f"{DRIFT}reported/{row.pk}/", form, follow=True))
    assert "does not say which number" in read(
        desk.post(f"{DRIFT}reported/{row.pk}/", {"answer": "count"}, follow=True)
    )
    desk.post(f"{DRIFT}reported/{row.pk}/", {"answer": "nonsense"})
    assert ReportedLevel.objects.get().ended_at is None
    assert on_hand(store) == 20


def test_a_person_leaves_the_books_as_they_are(desk, till, record, quiet):
    say(till, 17)
    row = ReportedLevel.objects.get()
    assert "Put aside" in read(desk.post(f"{DRIFT}reported/{row.pk}/", {"answer": "ignore"}, follow=True))
    assert level_of(record).on_hand == 20
    assert say(till, 17) == Verdict.DRIFT  # the till may say it again
    assert ReportedLevel.objects.count() == 2


def test_whose_store_it_is_not_may_not_answer(client, store, till, record, quiet):
    say(till, 17)
    path = f"{DRIFT}reported/{ReportedLevel.objects.get().pk}/"
    assert client.post(path, {"answer": "ignore"}).url.startswith("/dashboard/login/")
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.post(path, {"answer": "ignore"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(rani, store, till, record, quiet):
    say(till, 17)
    row = ReportedLevel.objects.get()
    outcomes = at_once(
        lambda: take_as_count(reported=row, on_hand=20, by=rani),
        lambda: take_as_count(reported=row, on_hand=20, by=rani),
        lambda: set_aside(reported=row, by=rani),
    )
    assert failures(outcomes, MovedMeanwhile) == []
    assert len([o for o in outcomes if o not in (None, False)]) == 1
    assert on_hand(store) in (17, 20)
    assert violations() == []


def test_the_echo_is_looked_for_among_what_was_told_lately():
    """However much was told before: a range of blocks, not the whole history."""
    with database.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {report._ECHO}", [1, 1, "TEE", 300, 1, "TEE", 17])
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "Seq Scan on omni_sync_outboxevent" not in plan


def test_as_many_queries_for_fifty_as_for_one(desk, store, till, record, quiet, django_assert_max_num_queries):
    say(till, 17)
    tell_all(till, counted(store, {"TEE": 22}, at=ago(days=1)))
    desk.get(DRIFT)
    with django_assert_max_num_queries(10) as one:
        desk.get(DRIFT)
    skus = [f"TEE-{n}" for n in range(60)]
    for sku in skus:
        make_record(store, product=make_product(sku), sku=sku, on_hand=5)
    tell_all(till, counted(store, dict.fromkeys(skus, 4), at=ago(days=1)))
    OutboxEvent.objects.update(at=ago(minutes=6))
    for sku in skus:
        say(till, 17, sku=sku)
    with django_assert_max_num_queries(len(one)):
        assert "Page 1 next" in read(desk.get(DRIFT))


def test_a_sale_that_waited_for_its_turn_is_no_drift(desk, store, till, record, quiet):
    """A till sells, says so, and says what is left: its level is judged before its sale is in the books."""
    sold = sale(store, "R-1", {"TEE": 1}, at=ago(seconds=5))
    tell(till, sold)
    assert say(till, 19) == Verdict.DRIFT
    drain()
    assert not ReportedLevel.objects.differing().exists()
    assert "Tills say" not in read(desk.get(DRIFT))


def test_a_real_difference_beside_a_late_sale_is_the_difference_only(rani, store, till, record, quiet):
    tell(till, sale(store, "R-1", {"TEE": 1}, at=ago(seconds=5)))
    say(till, 17)
    drain()
    row = ReportedLevel.objects.differing().get()
    assert (row.difference, row.would_count) == (-2, 17)
    assert take_as_count(reported=row, on_hand=19, by=rani) == 17
    assert on_hand(store) == 17


def test_a_count_made_since_settles_it(store, till, record, quiet):
    say(till, 17)
    tell_all(till, counted(store, {"TEE": 20}, at=timezone.now()))
    assert not ReportedLevel.objects.differing().exists()


def test_levels_in_a_delivery_go_to_the_report(till, record, quiet):
    """What an adapter reads of them comes through the door like everything else."""
    levels = [LevelTold("menteng", "TEE", 12), LevelTold("menteng", "NOPE", 1), LevelTold("menteng", "TEE", 11)]
    answer = receive(connection=till, body=b"{}", headers={}, reading=Reading(levels=levels))
    assert (answer.accepted, answer.rejected) == (2, [])
    assert ReportedLevel.objects.get().quantity == 11
    assert level_of(record).on_hand == 20
