"""A process dies between payment and order, wherever it is: the sweep finishes it, once."""

import subprocess

import pytest
from django.core import mail

from instore.pickup.models import Pickup
from omni_sync.checkout import sweep
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Order
from omni_sync.payments.models import Payment
from omni_sync.payments.reconcile import look
from settings.environment import ROOT
from tests.omni_sync.payments.conftest import bank  # noqa: F401 - a fixture
from tests.shop.paying.conftest import shop  # noqa: F401 - a fixture
from tests.shop.paying.pays import leave
from tests.stress.crowd import environ, python
from tests.stress.goods import assert_books_are_right

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("where", ["before", "within", "after"])
def test_a_process_killed_while_it_places_a_paid_order(client, shop, bank, where):  # noqa: F811
    payment = leave(client, shop)
    bank.pay(payment)
    look(payment)
    child = subprocess.Popen(
        python("tests.stress.payer", payment.key, where), cwd=ROOT, env=environ(), stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "here\n"
    child.kill()
    child.wait(30)
    assert Order.objects.count() == (where == "after")
    sweep.sweep()
    sweep.sweep()
    assert Intended.objects.get().order == Order.objects.get()
    assert (Pickup.objects.count(), len(mail.outbox)) == (1, 1)
    assert Payment.objects.get().cancel_asked_at is None
    assert_books_are_right()
