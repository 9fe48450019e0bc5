"""Bodies, stores and goods: each refusal by itself, nothing lost, nothing half done."""

import pytest

from omni_sync.oscar.models import Order
from omni_sync.pos.drain import drain
from omni_sync.pos.models import Delivery, InboxEvent
from tests.factories import (
    adjusted,
    books,
    make_store,
    on_hand,
    post,
    sale,
    states,
    violations,
)
from tests.omni_sync.pos.door.answers import is_unusable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"[",
        b'[{"id": "e1", "type": "sale.comp',
        b"not json",
        b"\xff\xfe\x00\x01",
        b'[{"id": "\xc3\x28"}]',
        "[]".encode("utf-16"),
        b"[]",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"null",
        b"17",
        b'"text"',
        b"[null, 1, []]",
        b'{"id": 1' + b"0" * 5000 + b"}",
        b"\xef\xbb\xbf[]",
    ],
    ids=lambda body: repr(body[:16]),
)
def test_a_signed_body_with_nothing_usable_is_kept_and_refused(client, till, body):
    problem = is_unusable(post(client, till, body))
    delivery = Delivery.objects.get()
    assert bytes(delivery.body) == body
    assert delivery.answer
    assert problem["detail"]
    assert InboxEvent.objects.count() == 0


def test_one_bad_event_among_499_good_is_rejected_by_its_place(client, till, store):
    events = [adjusted("menteng", {"TEE": 1}) for _ in range(499)]
    bad = sale("menteng", "R-1", {"TEE": 0})
    events.insert(250, bad)
    answer = post(client, till, events)
    assert answer.status_code == 202
    told = answer.json()
    assert (told["accepted"], told["duplicates"]) == (499, 0)
    assert [(r["index"], r["id"]) for r in told["rejected"]] == [(250, bad["id"])]
    assert "quantity" in told["rejected"][0]["error"]
    assert Delivery.objects.get().answer == told
    drain()
    assert on_hand(store) == 499
    assert violations() == []


def test_a_store_the_till_does_not_speak_for_rejects_its_event(client, till):
    make_store("kemang")
    told = post(client, till, [sale("kemang", "R-1", {"TEE": 1}), sale("menteng", "R-2", {"TEE": 1})]).json()
    assert told["accepted"] == 1
    assert told["rejected"][0]["index"] == 0
    assert told["rejected"][0]["error"].startswith("unknown_store")
    assert is_unusable(post(client, till, [sale("nowhere", "R-1", {"TEE": 1})]))["rejected"]


def test_an_unknown_sku_is_kept_and_the_other_lines_are_applied(client, till, store):
    event = sale("menteng", "R-1", [("TEE", 2), ("NEW", 1)])
    assert post(client, till, [event]).json()["accepted"] == 1
    drain()
    assert states(event) == ["applied"]
    assert books(store) == {("menteng", "TEE"): -2, ("menteng", "CAP"): 0}
    assert Order.objects.get().lines.filter(product=None, partner_sku="NEW").count() == 1
