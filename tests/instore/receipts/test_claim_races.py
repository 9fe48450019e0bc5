"""Really at once, in two connections: of two accounts one wins, and a scan never misses the sale that arrives."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.utils import timezone

from instore.receipts.claims import arrive
from instore.receipts.claims import claim as claims
from instore.receipts.claims.claim import Claimed, claim
from instore.receipts.claims.exceptions import AlreadyClaimed, SaleTakenBack
from instore.receipts.claims.models import Claim
from omni_sync.oscar.models import Order
from omni_sync.people.models import Touchpoint
from omni_sync.sales.models import Flag, Sale
from tests.factories import make_connection, tell_all, voided
from tests.instore.receipts.homes import CLAIM, make_shop, make_user, sold, stock, told

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """What each returned or raised."""
    start = threading.Barrier(len(calls), timeout=20)

    def one(call):
        try:
            start.wait()
            return call()
        except Exception as failure:
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as crowd:
        return list(crowd.map(one, calls))


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def in_step(monkeypatch, module, name):
    """Both are where ``name`` is called before either goes on, where nothing makes the second wait."""
    both, real = threading.Barrier(2, timeout=3), getattr(module, name)

    def together(*args, **kwargs):
        with contextlib.suppress(threading.BrokenBarrierError):  # where the other one waits for us
            both.wait()
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, together)


def unguarded(monkeypatch):
    """Nobody waits for anybody."""
    monkeypatch.setattr(claims, "take_turn", lambda _: None)
    monkeypatch.setattr(claims, "_locked", lambda pk: (Order.objects.get(pk=pk), Sale.objects.get(order=pk)))


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_of_two_accounts_one_wins(monkeypatch, guarded):
    sold(make_shop())
    users = [make_user("budi"), make_user("sari")]
    before = stock()
    in_step(monkeypatch, claims, "attach")
    if not guarded:
        unguarded(monkeypatch)
    outcomes = at_once(*(lambda user=user: claim(token=CLAIM, user=user) for user in users))
    loser = AlreadyClaimed if guarded else IntegrityError  # the control is stopped by the database alone
    assert kinds(outcomes) == sorted([Claimed.__name__, loser.__name__])
    winner = next(user for user, said in zip(users, outcomes, strict=True) if isinstance(said, Claimed))
    assert Claim.objects.get().person.user == Sale.objects.get().person.user == winner
    assert stock() == before


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_a_scan_does_not_miss_the_sale_that_arrives_meanwhile(monkeypatch, guarded):
    store, budi = make_shop(), make_user()
    till = make_connection(store.partner)
    looked, arrived = threading.Event(), threading.Event()
    waiting, turns = claims._waiting, arrive.take_turns_for

    def after_the_till_has_looked(*args):
        looked.set()
        arrived.wait(2)  # for ever where the till waits for us
        return waiting(*args)

    def once_somebody_looked(sale_ids):
        looked.wait(20)
        return turns(sale_ids)

    monkeypatch.setattr(claims, "_waiting", after_the_till_has_looked)
    monkeypatch.setattr(arrive, "take_turns_for", once_somebody_looked)

    if not guarded:
        monkeypatch.setattr(claims, "take_turn", lambda _: None)

    def tell():
        tell_all(till, told(store))
        arrived.set()

    at_once(lambda: claim(token=CLAIM, user=budi), tell)
    missed = Sale.objects.get().person is None
    assert missed is not guarded
    assert (Claim.objects.get().order is None) is missed


def test_the_database_lets_nobody_claim_twice():
    order = sold(make_shop())
    claim(token=CLAIM, user=make_user())
    made = Claim.objects.get()
    with pytest.raises(IntegrityError):
        Claim.objects.create(
            order=order, person=made.person, token_hash=b"x" * 32, completed_at=made.completed_at, expires_at=None
        )


def test_a_void_at_the_same_time_is_refused_or_flagged():
    store, budi = make_shop(), make_user()
    till = make_connection(store.partner)
    sold(store, till=till)
    void = voided(store.partner, sale="R-1", at=timezone.now())
    answer, _ = at_once(lambda: claim(token=CLAIM, user=budi), lambda: tell_all(till, void))
    row = Sale.objects.get()
    assert row.voided_at
    if isinstance(answer, Claimed):
        assert row.flags == [Flag.VOIDED_AFTER_CLAIM]
    else:
        assert isinstance(answer, SaleTakenBack)
    assert not Touchpoint.objects.exists()
