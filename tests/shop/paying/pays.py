"""Ways through the checkout to the provider's page."""

from datetime import timedelta

from django.utils import timezone

from instore.pickup.hand_over import hand_over
from instore.pickup.moves import By
from instore.pickup.owed import owed
from instore.pickup.pick import begin, mark_picked
from instore.pickup.ready import mark_ready
from omni_sync.checkout.models import Intended
from omni_sync.oscar.models import Basket, Order
from omni_sync.payments import drain
from omni_sync.payments.models import Payment
from omni_sync.stock.models import Hold
from tests.omni_sync.payments.conftest import bank, posting_bank  # noqa: F401 - fixtures
from tests.shop.test_checkout import ADDRESS, fill, say_who

State, Why = Intended.State, Intended.Why


def go_and_pay(visitor, **said):
    return visitor.post("/checkout/preview/", {"action": "place_order", "pay": "now", **said})


def leave(visitor, tee, place="menteng", quantity=1, **said):
    """Up to the provider's page; the payment that is open on it."""
    fill(visitor, tee, place, quantity)
    if "_auth_user_id" not in visitor.session:
        say_who(visitor)
    if place == "deliver":
        visitor.post("/checkout/shipping-address/", ADDRESS)
        visitor.get("/checkout/shipping-method/")
    answer = go_and_pay(visitor, **said)
    payment = Payment.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, payment.url)
    return payment


def paid(payment):
    return f"/pay/{payment.key}/paid/"


def back(payment):
    return f"/pay/{payment.key}/back/"


def later(payment):
    """The page is over, and what was promised for it."""
    Payment.objects.filter(pk=payment.pk).update(looked_at=timezone.now() - timedelta(hours=1))
    Intended.objects.filter(key=payment.key).update(until=timezone.now() - timedelta(minutes=10))


def nothing_is_left(tee):
    """No order, the basket open again, every unit on its shelf."""
    assert not Order.objects.exists()
    assert Basket.objects.get(lines__product=tee).status == Basket.OPEN
    assert not Hold.objects.open().exists()


def hand_it_over(pickup):
    by = By(place="tablet 1", who="Rina")
    begin(pickup_id=pickup.pk, by=by)
    for line in pickup.lines.all():
        mark_picked(pickup_id=pickup.pk, line=line.pk, quantity=line.quantity)
    mark_ready(pickup_id=pickup.pk, by=by)
    assert owed(pickup).due == 0
    hand_over(pickup_id=pickup.pk, by=by)
    drain.make_calls()
