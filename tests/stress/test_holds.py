"""R2 among many: one promise per unit, all or nothing, no deadlock. Each race has a control without its guard."""

import json
import random
import subprocess
from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection, transaction
from django.utils import timezone

from omni_sync.stock import hold as module
from omni_sync.stock import sweep
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Holder, Line, hold, reassign, release
from omni_sync.stock.models import Hold
from settings.environment import ROOT
from tests.stress.careless import in_any_order
from tests.stress.crowd import Meeting, Pause, at_once, deadlocks, environ, failures, python
from tests.stress.goods import assert_books_are_right, level, records

pytestmark = pytest.mark.django_db(transaction=True)
UNITS, BUYERS, PROCESSES, THREADS = 50, 500, 2, 10


def shop_until_sold_out(record, *, careless=False):
    """500 buyers in two processes want a unit each; what came of it."""
    crowd = [
        subprocess.Popen(
            python("tests.stress.buyers", record.pk, BUYERS // PROCESSES, THREADS, f"p{n}", *["--careless"] * careless),
            cwd=ROOT, env=environ(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for n in range(PROCESSES)
    ]  # fmt: skip
    for process in crowd:
        assert process.stdout.readline() == "ready\n"
    for process in crowd:
        process.stdin.write("go\n")
        process.stdin.flush()
    return sum((Counter(json.loads(process.communicate(timeout=120)[0])) for process in crowd), Counter())


def one_hold(holder, *lines, until=None):
    with transaction.atomic():
        hold(lines=[Line(*line) for line in lines], holder=Holder("basket", holder), until=until)


def one_release(holder):
    with transaction.atomic():
        release(holder=Holder("basket", holder), reason=Hold.Reason.CANCELLED)


def test_five_hundred_buyers_from_two_processes_get_fifty_units():
    (record,) = records(UNITS)
    assert shop_until_sold_out(record) == {"got it": UNITS, "sold out": BUYERS - UNITS}
    assert (level(record).held, level(record).available) == (UNITS, 0)
    assert Hold.objects.open().count() == UNITS
    assert_books_are_right()


def test_control_check_then_write_sells_more_than_there_is():
    (record,) = records(UNITS)
    assert shop_until_sold_out(record, careless=True)["got it"] > UNITS
    assert level(record).held > level(record).on_hand


def hold_pairs(record, buyers=40):
    """Everybody wants two units, named in two lines; the number of those who were promised both."""
    tasks = [
        lambda own=own: [_try(f"b{n}", (record.pk, 1), (record.pk, 1)) for n in range(buyers)[own::8]]
        for own in range(8)
    ]
    outcomes = at_once(*tasks)
    assert failures(outcomes) == []
    return Counter(chain.from_iterable(outcomes))["got it"]


def _try(holder, *lines):
    try:
        one_hold(holder, *lines)
    except SoldOut:
        return "sold out"
    return "got it"


def test_two_lines_of_one_record_are_promised_together():
    (record,) = records(51)
    assert hold_pairs(record) == 25
    assert (level(record).held, level(record).available) == (50, 1)
    assert_books_are_right()


def test_control_lines_looked_at_one_by_one_promise_too_much(monkeypatch):
    (record,) = records(51)
    monkeypatch.setattr(
        module, "_summed", lambda lines: Counter({line.stockrecord_id: line.quantity for line in lines})
    )
    assert 2 * hold_pairs(record) > 51


def test_a_thousand_random_holds_by_eight_threads_without_a_deadlock():
    goods = records(400, of=12)

    def shopper(seed):
        chance = random.Random(seed)
        did = Counter()
        for _ in range(125):
            holder = f"basket-{chance.randrange(20)}"  # some are in two tabs at once
            wanted = chance.sample(goods, chance.randint(1, 5))
            did[_try(holder, *((record.pk, chance.randint(1, 3)) for record in wanted))] += 1
            if chance.random() < 0.3:
                one_release(f"basket-{chance.randrange(20)}")
            elif chance.random() < 0.1:
                order = Holder("order", f"{seed}-{sum(did.values())}")
                with transaction.atomic():
                    reassign(holder=Holder("basket", f"basket-{chance.randrange(20)}"), to=order, until=None)
        return did

    outcomes = at_once(*(lambda seed=seed: shopper(seed) for seed in range(8)))
    assert failures(outcomes) == []
    assert sum(map(Counter.total, outcomes)) == 1000
    assert sum(outcomes, Counter())["got it"] > 500
    assert_books_are_right()


def test_two_buyers_who_swap_what_they_hold_do_not_deadlock(monkeypatch):
    one, two = records(10, of=2)
    one_hold("ani", (one.pk, 1))
    one_hold("budi", (two.pk, 1))
    monkeypatch.setattr(module, "_take", Meeting(2).before(module._take))
    outcomes = at_once(lambda: one_hold("ani", (two.pk, 1)), lambda: one_hold("budi", (one.pk, 1)))
    assert failures(outcomes) == []
    assert_books_are_right()


def opposite_orders(monkeypatch, take):
    one, two = records(10, of=2)
    monkeypatch.setattr(module, "_take", take)
    return at_once(
        lambda: one_hold("ani", (one.pk, 1), (two.pk, 1)),
        lambda: one_hold("budi", (two.pk, 1), (one.pk, 1)),
    )


def test_two_buyers_who_name_their_lines_in_opposite_order_both_get_them(monkeypatch):
    assert failures(opposite_orders(monkeypatch, Meeting(2).before(module._take))) == []
    assert Hold.objects.open().count() == 4
    assert_books_are_right()


def test_control_rows_taken_in_the_order_named_deadlock(monkeypatch):
    assert deadlocks(opposite_orders(monkeypatch, in_any_order(Meeting(2)))) == 1


LATE = -timedelta(minutes=1)


def overdue_hold(record, holder="ani"):
    one_hold(holder, (record.pk, 1), until=timezone.now() + LATE)


def test_a_promise_renewed_while_the_sweeper_comes_is_kept(monkeypatch):
    (record,) = records(5)
    overdue_hold(record)
    pause = Pause()
    monkeypatch.setattr(sweep, "end_holds", pause.before(sweep.end_holds))

    def renew():
        assert pause.reached.wait(30)
        one_hold("ani", (record.pk, 2), until=timezone.now() - LATE)
        pause.over.set()

    assert failures(at_once(sweep.sweep_holds, renew)) == []
    assert Hold.objects.open().of("basket", "ani").get().quantity == 2
    assert level(record).held == 2
    assert_books_are_right()


@pytest.mark.parametrize("interruption", ["sweep", "release", "reassign"])
def test_a_promise_that_ends_while_its_holder_asks_again_is_taken_anew(monkeypatch, interruption):
    (record,) = records(5)
    overdue_hold(record)
    pause = Pause()
    monkeypatch.setattr(module, "_take", pause.before(module._take))

    def interrupt():
        assert pause.reached.wait(30)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")  # the one who asks has the lock: wait for it no longer
            try:
                with transaction.atomic():
                    {"sweep": _sweep, "release": lambda: _end("ani"), "reassign": _reassign}[interruption]()
            finally:
                pause.over.set()

    asked, _ = at_once(lambda: one_hold("ani", (record.pk, 1), until=timezone.now() - LATE), interrupt)
    assert asked is None
    assert Hold.objects.open().of("basket", "ani").get().quantity == 1
    assert_books_are_right()


def _sweep():
    ids = list(Hold.objects.overdue().values_list("pk", flat=True))
    sweep.end_holds(ids=ids, reason=Hold.Reason.EXPIRED, overdue_at=timezone.now())


def _end(holder):
    release(holder=Holder("basket", holder), reason=Hold.Reason.CANCELLED)


def _reassign():
    reassign(holder=Holder("basket", "ani"), to=Holder("order", "7"), until=None)
