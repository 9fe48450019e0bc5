"""Money that goes back: asked for, refused, given in the provider's own office, and sent back by a bank."""

from decimal import Decimal

import pytest
import requests

from omni_sync.payments import drain, provider
from omni_sync.payments.exceptions import TooMuch
from omni_sync.payments.learn import learn
from omni_sync.payments.models import Call
from tests.omni_sync.payments.conftest import asked, fresh

pytestmark = pytest.mark.django_db


def test_a_refund_that_is_refused_leaves_room_again(bank, held, heard):
    asked("ask_capture", held, "take")
    drain.make_calls()
    bank.stub.bank.refund({"payment_intent": fresh(held).intent, "amount": "10000000"})  # in the provider's own office
    call = asked("ask_refund", held, "back", amount=Decimal(100000))
    drain.make_calls()
    seen = fresh(held)
    assert fresh(call).state == Call.State.REFUSED
    assert (seen.refunded, seen.refund_asked) == (Decimal(100000), Decimal(100000))
    assert ("payment_refunded", Decimal(100000)) in heard
    asked("ask_refund", held, "rest", amount=Decimal(49000))
    drain.make_calls()
    assert fresh(held).refunded == Decimal(149000)


def both_give_back(bank, held, *, ours, theirs):
    """Ours is asked for and not sent yet; the provider's own office gave theirs back, and we saw it."""
    asked("ask_capture", held, "take")
    drain.make_calls()
    asked("ask_refund", held, "back", amount=ours)
    bank.stub.bank.refund({"payment_intent": fresh(held).intent, "amount": str(100 * theirs)})
    learn(payment_id=held.pk, seen=provider("stripe").look_up(fresh(held).known))


def test_what_is_given_back_in_the_providers_office_is_beside_what_we_asked_for(bank, held):
    both_give_back(bank, held, ours=Decimal(100000), theirs=Decimal(40000))
    assert (fresh(held).refunded, fresh(held).refund_asked) == (Decimal(40000), Decimal(140000))
    with pytest.raises(TooMuch) as refusal:
        asked("ask_refund", held, "more", amount=Decimal(10000))
    assert refusal.value.room == 9000
    drain.make_calls()
    assert (fresh(held).refunded, fresh(held).refund_asked) == (Decimal(140000), Decimal(140000))


def test_more_than_was_taken_is_not_on_its_way(bank, held):
    """Ours is refused then, and what the provider's office gave back stays given."""
    both_give_back(bank, held, ours=Decimal(100000), theirs=Decimal(60000))
    assert fresh(held).refund_asked == Decimal(149000)
    drain.make_calls()
    assert (fresh(held).refunded, fresh(held).refund_asked) == (Decimal(60000), Decimal(60000))


def test_a_refund_that_came_back_may_be_given_again(bank, held, heard):
    asked("ask_capture", held, "take")
    drain.make_calls()
    call = asked("ask_refund", held, "back", amount=Decimal(149000))
    drain.make_calls()
    before = provider("stripe").look_up(fresh(held).known)
    requests.post(f"{bank.url}/_stub/bounce", json={"refund": bank.things("refund")[0]["id"]}, timeout=5)
    for _ in range(2):
        learn(payment_id=held.pk, seen=provider("stripe").look_up(fresh(held).known))
        learn(payment_id=held.pk, seen=before)  # a slow answer from before
    assert (fresh(held).refunded, fresh(held).refund_asked) == (0, 0)
    assert (fresh(call).state, heard[2:]) == (Call.State.REFUSED, [("call_refused", "bounced")])
    asked("ask_refund", held, "back-again", amount=Decimal(149000))
    drain.make_calls()
    assert fresh(held).refunded == Decimal(149000)
    assert heard[3:] == [("payment_refunded", Decimal(149000))]
