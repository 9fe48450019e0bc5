"""What a journey leaves behind: in the ledger, at the bank, in the pickup's history and in the shopper's mailbox."""

from collections import Counter
from decimal import Decimal
from types import SimpleNamespace
from typing import NamedTuple

from django.core import mail
from django.db.models import Sum

from instore.pickup.models import Pickup
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.payments.drain import make_calls
from omni_sync.payments.models import Payment
from omni_sync.sales.models import Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold, Level, Movement
from tests.e2e.pickups import EMAIL


class Goods(NamedTuple):
    """``left`` of the ledger, ``promised`` still, ``given`` by each hand-over, and why promises ended."""

    left: int
    promised: int
    given: list[int]
    ended: set[str]


class Money(NamedTuple):
    """At the bank, in the coin the provider counts: how the payment stands, what was taken, what went back."""

    state: str
    taken: int
    back: int


def goods(shop: SimpleNamespace) -> Goods:
    level = Level.objects.get(stockrecord=shop.record)
    given = Movement.objects.filter(kind=Movement.Kind.HAND_OVER).order_by("pk").values_list("quantity", flat=True)
    ended = Hold.objects.exclude(ended_at=None).filter(holder_kind=Hold.ORDER).values_list("end_reason", flat=True)
    return Goods(level.on_hand, level.held, list(given), set(ended))


def money(bank) -> Money:
    """After whoever asks the bank has been at it, twice; the order's account says the same."""
    for _ in range(2):
        make_calls()
    (intent,) = bank.things("payment_intent")
    back = sum(one["amount"] for one in bank.things("refund"))
    payment = Payment.objects.get()
    assert (int(payment.captured * 100), int(payment.refunded * 100)) == (intent["amount_received"], back)
    assert paid() == payment.captured - payment.refunded
    return Money(intent["status"], intent["amount_received"], back)


def paid() -> Decimal:
    """What the order's account says was taken and not given back."""
    sums = PaymentSource.objects.aggregate(taken=Sum("amount_debited"), back=Sum("amount_refunded"))
    return (sums["taken"] or Decimal(0)) - (sums["back"] or Decimal(0))


def history(pickup: Pickup) -> list[tuple[str, str, str]]:
    """Each step: what it became, by whom or from where, and what was noted."""
    return [(step.after, step.who or step.place, step.note) for step in pickup.steps.order_by("pk")]


def letters() -> list[str]:
    """What the shopper was told of the pickup, each once however often the post is taken."""
    for _ in range(2):
        send_messages()
    told = Message.objects.filter(kind__startswith="pickup_").order_by("pk")
    assert {(one.state, one.to) for one in told if one.to} <= {(Message.State.SENT, EMAIL)}
    subjects = Counter(letter.subject for letter in mail.outbox)
    assert set(subjects.values()) == {1}
    assert len([letter for letter in mail.outbox if letter.to == [EMAIL]]) == len(mail.outbox)
    assert Message.objects.filter(state=Message.State.SENT).count() <= len(mail.outbox)
    return [one.kind.removeprefix("pickup_") for one in told]


def are_right() -> None:
    """One order, at most one sale of it, and nothing in the ledger contradicts anything else."""
    assert Order.objects.count() == 1
    assert Sale.objects.count() <= 1
    assert audit()["violations"] == []
