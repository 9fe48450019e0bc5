"""A lost webhook is made good in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.payments import reconcile
from omni_sync.payments.models import Payment
from omni_sync.payments.port import Ending
from tests.omni_sync.payments.conftest import begin, fresh

pytestmark = pytest.mark.django_db
State = Payment.State


def unseen(payment, **since):
    Payment.objects.filter(pk=payment.pk).update(looked_at=timezone.now() - timedelta(**since))


def test_a_payment_nobody_told_us_of_is_found_within_half_an_hour(bank, heard):
    payment = begin()
    bank.pay(payment)
    assert reconcile.reconcile() == 0
    unseen(payment, minutes=6)
    assert reconcile.reconcile() == 1
    assert (fresh(payment).state, heard) == (State.AUTHORISED, [("payment_authorised", None)])
    assert reconcile.reconcile() == 0
    from django.conf import settings

    every = settings.CELERY_BEAT_SCHEDULE["reconcile payments"]["schedule"]
    assert reconcile.OPEN_FOR + every <= timedelta(minutes=30)


def test_held_money_is_looked_at_now_and_then_and_when_its_time_is_over(bank, heard):
    payment = begin()
    bank.pay(payment)
    unseen(payment, minutes=6)
    reconcile.reconcile()
    bank.lapse(payment)
    unseen(payment, hours=5)
    assert reconcile.reconcile() == 0
    Payment.objects.filter(pk=payment.pk).update(capture_before=timezone.now())
    assert reconcile.reconcile() == 1
    assert (fresh(payment).state, heard[-1]) == (State.ENDED, ("payment_failed", Ending.LAPSED))


def test_one_that_cannot_be_looked_at_does_not_stand_in_the_way(bank):
    lost, paid = begin(key="lost"), begin(key="paid")
    bank.pay(paid)
    del bank.stub.bank.things[lost.session]
    unseen(lost, hours=2)
    unseen(paid, hours=1)
    assert reconcile.reconcile() == 1
    assert (fresh(lost).state, fresh(paid).state) == (State.OPEN, State.AUTHORISED)
    assert reconcile.reconcile() == 0
