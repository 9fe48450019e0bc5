"""R1 to R3 among many: whatever the order in which tills, counts and shoppers get through, the books are the set's."""

import random
from collections import Counter
from threading import Event

import pytest
from django.db import transaction

from omni_sync.pos.drain import drain, drain_one, is_idle
from omni_sync.stock import ledger
from omni_sync.stock.audit import audit
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Holder, Line, hold, release
from omni_sync.stock.models import Hold, Shortfall
from omni_sync.stock.shortfall import endangered
from tests.stress.crowd import Pause, at_once, failures
from tests.stress.goods import (
    NOON,
    assert_books_are_right,
    counted,
    deliver,
    level,
    received,
    records,
    sale,
    till,
)

pytestmark = pytest.mark.django_db(transaction=True)
GOODS = 6


def what_tills_say(seed, count=80):
    """Sales, counts and goods in of one till at random times; the same numbers of two tills are different documents."""
    chance, events = random.Random(seed), []
    for n in range(count):
        some = chance.sample(range(GOODS), chance.randint(1, 3))
        say = chance.choices([sale, counted, received], [8, 2, 1])[0]
        most = {sale: 3, counted: 60, received: 20}[say]
        wanted = [(f"SKU-{k}", chance.randint(1, most)) for k in some]
        events.append(say(f"{seed}-{n}", *wanted, minutes=chance.randint(1, 500)))
    return events


def book_of(events, sku, opening):
    """R1 in a few lines: the latest count, and the changes after it."""
    sign = {"sale.completed": -1, "stock.received": 1}
    said = [
        (event["occurred_at"], event["id"], sign.get(event["type"]), line["quantity"])
        for event in events
        for line in event["data"]["lines"]
        if line["sku"] == sku
    ]
    since, _, quantity = max(((at, key, q) for at, key, change, q in said if not change), default=("", "", opening))
    return quantity + sum(change * q for at, _, change, q in said if change and at > since)


def shop(goods, seed, until):
    """Promise and let go at random for as long as the tills work."""
    chance, done = random.Random(seed), 0
    while not until.is_set():
        holder = Holder("basket", f"{seed}-{chance.randrange(10)}")
        wanted = [Line(record.pk, chance.randint(1, 2)) for record in chance.sample(goods, 2)]
        with transaction.atomic():
            try:
                hold(lines=wanted, holder=holder, until=None)
            except SoldOut:
                release(holder=holder, reason=Hold.Reason.CANCELLED)
        done += 1
    return done


def test_holds_counts_and_sales_at_once_end_in_the_books_of_the_set():
    goods = records(100, of=GOODS, when=NOON)
    with transaction.atomic():
        hold(lines=[Line(goods[0].pk, 40)], holder=Holder("order", "100042"), until=None)
    tills, over = [till("kasir", "menteng"), till("tablet", "menteng")], Event()
    said = [what_tills_say(seed) for seed in range(2)]
    said[0].append(counted("last", ("SKU-0", 5), minutes=600))  # there are 5, and 40 are promised

    def tell(speaker, events):
        for start in range(0, len(events), 5):
            deliver(speaker, *events[start : start + 5])
            drain()

    def tell_everything():
        outcomes = at_once(*(lambda n=n: tell(tills[n], said[n]) for n in range(2)))
        while not is_idle():
            drain()
        over.set()
        return failures(outcomes)

    outcomes = at_once(tell_everything, *(lambda seed=seed: shop(goods, seed, over) for seed in range(3)))
    assert failures(outcomes) == []
    assert outcomes[0] == []
    assert min(outcomes[1:]) > 10
    every = said[0] + said[1]
    assert {r.partner_sku: level(r).on_hand for r in goods} == {
        r.partner_sku: book_of(every, r.partner_sku, 100) for r in goods
    }
    assert_books_are_right()
    assert_shortfalls_name_promises(goods)


def assert_shortfalls_name_promises(goods):
    """Where more is promised than is there, staff see how much, and the promises in danger, the newest first."""
    found = {f.stockrecord_id: f for f in Shortfall.objects.filter(closed_at=None)}
    assert goods[0].pk in found
    for record in goods:
        at = level(record)
        missing = min(at.held, at.held - at.on_hand)
        assert (record.pk in found) == (at.held > 0 and missing > 0)
        if record.pk in found:
            named = endangered(found[record.pk])
            assert found[record.pk].missing == missing <= sum(promise.quantity for promise in named)
            assert named == sorted(named, key=lambda promise: (promise.created_at, promise.pk), reverse=True)


def a_sale_meets_a_count(monkeypatch):
    """A sale is about to be written when a later count of the same goods comes through another lane."""
    (record,) = records(0)
    deliver(till("kasir", "menteng"), sale("R-1", ("SKU-0", 1), minutes=1))
    pause = Pause(seconds=1)
    monkeypatch.setattr(ledger, "write", pause.before(ledger.write))

    def count_them():
        assert pause.reached.wait(30)
        deliver(till("tablet", "menteng"), counted("C-1", ("SKU-0", 7), minutes=5))
        drain_one()
        pause.over.set()

    assert failures(at_once(drain_one, count_them)) == []
    return level(record).on_hand


def test_a_sale_that_a_later_count_overtakes_is_in_the_count(monkeypatch):
    assert a_sale_meets_a_count(monkeypatch) == 7
    assert_books_are_right()


def test_control_without_the_lock_the_sale_is_subtracted_again(monkeypatch):
    monkeypatch.setattr(ledger, "_LOCK", ledger._LOCK.replace("FOR UPDATE", ""))
    assert a_sale_meets_a_count(monkeypatch) == 6
    assert Counter(row["rule"] for row in audit()["violations"])["R1 on hand"] == 1
