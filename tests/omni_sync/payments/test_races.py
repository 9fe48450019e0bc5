"""Two at once: never more back than was taken, one page, one capture."""

import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError

from omni_sync.payments import ask, drain, reconcile
from omni_sync.payments.exceptions import AlreadyAsked, TooMuch
from omni_sync.payments.models import Call, Payment
from tests.omni_sync.payments.conftest import asked, begin, fresh
from tests.stress.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(bank):
    payment = begin()
    bank.pay(payment)
    Payment.objects.update(looked_at="2020-01-01T00:00Z")
    reconcile.reconcile()
    return fresh(payment)


@pytest.fixture
def taken(held):
    asked("ask_capture", held, "take")
    drain.make_calls()
    return fresh(held)


def refund(payment, key):
    return lambda: asked("ask_refund", payment, key, amount=Decimal(100000))


def test_two_refunds_of_one_payment(bank, taken):
    outcomes = at_once(refund(taken, "a"), refund(taken, "b"))
    assert sorted(map(type, outcomes), key=str) == sorted([Call, TooMuch], key=str)
    at_once(drain.make_calls, drain.make_calls)
    assert [one["amount"] for one in bank.things("refund")] == [10000000]


def test_control_without_the_lock_both_would_ask(bank, taken, monkeypatch):
    gate = threading.Barrier(2)

    def unlocked(payment):
        found = Payment.objects.get(pk=payment.pk)
        gate.wait(10)
        return found

    monkeypatch.setattr(ask, "_locked", unlocked)
    outcomes = at_once(refund(taken, "a"), refund(taken, "b"))
    assert not any(isinstance(outcome, TooMuch) for outcome in outcomes)
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)  # the database refuses all the same


def test_capture_and_cancel_at_once(bank, held):
    outcomes = at_once(lambda: asked("ask_capture", held, "take"), lambda: asked("ask_cancel", held, "left"))
    assert sorted(map(type, outcomes), key=str) == sorted([Call, AlreadyAsked], key=str)


def test_the_same_refund_twice_at_once_is_one(bank, taken):
    first, second = at_once(refund(taken, "a"), refund(taken, "a"))
    assert first == second
    drain.make_calls()
    assert len(bank.things("refund")) == 1


def test_two_tabs_open_one_page(bank):
    first, second = at_once(begin, begin)
    assert Payment.objects.count() == 1
    pages = {one.url for one in (first, second) if isinstance(one, Payment)}
    assert len(pages) == 1
    assert len(bank.things("checkout.session")) == 1


def test_a_call_is_made_by_one_worker(bank, held):
    asked("ask_capture", held, "take")
    at_once(drain.make_calls, drain.make_calls, drain.make_calls)
    assert len(bank.written("/capture")) == 1
