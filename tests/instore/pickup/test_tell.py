"""Tills hear what becomes of a pickup, and nothing of its shopper."""

import json

import pytest

from instore.pickup.code import code_of, token_of
from instore.pickup.models import Pickup, State
from omni_sync.pos.models import OutboxEvent
from tests.instore.pickup.conftest import bring

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "types"),
    [
        (State.PLACED, ["placed"]),
        (State.PICKING, ["placed"]),
        (State.COLLECTED, ["placed", "ready", "collected"]),
        (State.CANCELLED, ["placed", "cancelled"]),
        (State.PUT_BACK, ["placed", "ready", "expired"]),
    ],
)
def test_each_change_is_told_once(pickup, shop, state, types):
    bring(pickup, state)
    told = OutboxEvent.objects.filter(type__startswith="pickup.", store=shop.store.pk).order_by("pk")
    assert list(told.values_list("type", flat=True)) == [f"pickup.{kind}" for kind in types]


def test_nothing_is_told_of_the_shopper(pickup, shop):
    Pickup.objects.update(name="Sari Dewi", email="sari@langkah.example", phone="+62215550181")
    bring(pickup, State.COLLECTED)
    told = OutboxEvent.objects.filter(type__startswith="pickup.").order_by("pk")
    assert told[0].data == {
        "order": str(pickup.order.number),
        "store": "menteng",
        "pay_in_store": True,
        "promised_at": pickup.promised_at.isoformat(),
        "deadline": pickup.deadline.isoformat(),
    }
    words = json.dumps([event.data for event in told])
    secret = [code_of(pickup), token_of(pickup), "Sari", "sari@", "+6221"]
    assert [word for word in secret if word in words] == []
