"""Texts, whole events, and times."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.oscar.models import Order
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.sales.models import Sale
from tests.factories import (
    counted,
    customer,
    make_connection,
    make_event,
    make_line,
    make_record,
    make_store,
    on_hand,
    post,
    sale,
    sale_data,
    states,
    violations,
    voided,
)
from tests.omni_sync.pos.door.answers import is_unusable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_json_does_not_have_spoil_only_their_event(client, till, word):
    good = json.dumps(sale("menteng", "R-2", {"TEE": 1}))
    bad = json.dumps(sale("menteng", "R-1", {"TEE": 1})).replace('"quantity": 1', f'"quantity": {word}')
    kept = json.dumps(sale("menteng", "R-3", {"TEE": 1}, note="n")).replace('"note": "n"', f'"note": {word}')
    told = post(client, till, f"[{good}, {bad}, {kept}]".encode()).json()
    assert (told["accepted"], [r["index"] for r in told["rejected"]]) == (1, [1, 2])


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "\udfffx"], ids=ascii)
@pytest.mark.parametrize("where", ["title", "key", "deep", "envelope", "id"])
def test_text_postgresql_cannot_keep_spoils_only_its_event(client, till, text, where):
    bad = sale("menteng", "R-1", {"TEE": 1})
    match where:
        case "title":
            bad["data"]["lines"][0]["title"] = text
        case "key":
            bad["data"][text] = 1
        case "deep":
            bad["data"]["more"] = [{"a": [text]}]
        case "envelope":
            bad["note"] = text
        case "id":
            bad["id"] = text
    told = post(client, till, [bad, sale("menteng", "R-2", {"TEE": 1})]).json()
    assert (told["accepted"], [r["index"] for r in told["rejected"]]) == (1, [0])
    drain()
    assert Sale.objects.count() == 1


def test_a_backslash_before_u0000_is_only_text(client, till):
    event = sale("menteng", "R-1", {"TEE": 1}, note="\\u0000")
    assert post(client, till, [event]).json()["accepted"] == 1
    assert InboxEvent.objects.get().payload["data"]["note"] == "\\u0000"


def test_emoji_and_every_script_are_welcome(client, till):
    title = "Kaos 👕 Żółć ไทย العربية"
    event = sale("menteng", "R-1", [make_line(1, "TEE", 1, unit_price="1000", title=title)])
    assert post(client, till, [event]).json()["accepted"] == 1
    drain()
    assert Order.objects.get().lines.get().title == title


def test_two_lines_of_one_name_are_refused(client, till):
    lines = [make_line(1, "TEE", 1, unit_price="1"), make_line(1, "CAP", 1, unit_price="1")]
    assert "called" in is_unusable(post(client, till, [sale("menteng", "R-1", lines)]))["rejected"][0]["error"]


REQUIRED = ["id", "type", "store", "occurred_at", "data"]


@pytest.mark.parametrize("key", REQUIRED)
@pytest.mark.parametrize("value", ["absent", None, 7, "", [], {}], ids=repr)
def test_the_envelope_must_be_whole(client, till, key, value):
    event = sale("menteng", "R-1", {"TEE": 1})
    if value == "absent":
        del event[key]
    else:
        event[key] = value
    is_unusable(post(client, till, [event]))


@pytest.mark.parametrize("key", ["sale", "currency", "lines", "payments"])
def test_a_sale_must_be_whole(client, till, key):
    event = sale("menteng", "R-1", {"TEE": 1})
    del event["data"][key]
    assert key in is_unusable(post(client, till, [event]))["rejected"][0]["error"]


@pytest.mark.parametrize("key", ["line", "quantity", "unit_price", "sku"])
def test_a_line_must_be_whole(client, till, key):
    event = sale("menteng", "R-1", {"TEE": 1})
    del event["data"]["lines"][0][key]
    is_unusable(post(client, till, [event]))


def test_a_sale_without_lines_or_of_a_kind_nobody_knows_is_refused(client, till):
    is_unusable(post(client, till, [sale("menteng", "R-1", {})]))
    is_unusable(post(client, till, [make_event("sale.dreamt", "menteng", sale_data("R-1", {"TEE": 1}))]))


def test_a_void_names_one_document(client, till):
    is_unusable(post(client, till, [voided("menteng")]))
    is_unusable(post(client, till, [voided("menteng", sale="R-1", **{"return": "B-1"})]))


def test_a_customer_needs_an_identifier(client, till):
    is_unusable(post(client, till, [customer("menteng", name="Somebody")]))


@pytest.mark.parametrize(
    "key", ["id", "sale", "sku", "line", "register", "exchange", "associate", "method", "reference", "title"]
)
def test_texts_longer_than_the_books_have_room_for_are_refused_not_cut(client, till, key):
    event, long = sale("menteng", "R-1", {"TEE": 1}), "x" * 5000
    target = {"id": event, "method": event["data"]["payments"][0], "reference": event["data"]["payments"][0]}
    target |= dict.fromkeys(["sku", "line", "title"], event["data"]["lines"][0])
    target.get(key, event["data"])[key] = long
    is_unusable(post(client, till, [event]))


def test_unknown_keys_are_kept(client, till):
    event = {**sale("menteng", "R-1", {"TEE": 1}, weather={"rain": True}), "till_version": 7.5}
    assert post(client, till, [event]).json()["accepted"] == 1
    assert InboxEvent.objects.get().payload == event


@pytest.mark.parametrize(
    "when", ["", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T10:00:00Z", "2026-11-21", "20261121T100000Z",
             "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2026-11-21T25:00:00Z", 1766400000,
             "2026-11-21T10:00:00+25:00"],
)  # fmt: skip
def test_an_instant_is_rfc_3339(client, till, when):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["occurred_at"] = when
    is_unusable(post(client, till, [event]))


def test_a_time_without_a_zone_is_the_stores(client):
    jayapura = make_store("jayapura", zone="Asia/Jayapura")
    make_record(jayapura)
    event = sale("jayapura", "R-1", {"TEE": 1}, at="2025-03-01T09:00:00")
    assert post(client, make_connection(jayapura), [event]).json()["accepted"] == 1
    assert InboxEvent.objects.get().occurred_at.isoformat() == "2025-03-01T00:00:00+00:00"


def test_a_delta_more_than_ten_minutes_ahead_is_applied_and_flagged(client, till, store):
    at = timezone.now() + timedelta(minutes=11)
    early = timezone.now() + timedelta(minutes=9)
    post(client, till, [sale("menteng", "R-1", {"TEE": 1}, at=at), sale("menteng", "R-2", {"TEE": 1}, at=early)])
    drain()
    assert on_hand(store) == -2
    assert dict(Sale.objects.values_list("number", "flags")) == {"R-1": ["future"], "R-2": []}


def test_a_count_more_than_ten_minutes_ahead_waits_for_its_time(client, till, store):
    at = timezone.now() + timedelta(minutes=11)
    ahead, now = counted("menteng", {"TEE": 9}, at=at), counted("menteng", {"TEE": 4}, at=timezone.now())
    assert post(client, till, [ahead, now]).json()["accepted"] == 2
    drain()
    assert (states(ahead, now), on_hand(store)) == (["waiting", "applied"], 4)
    InboxEvent.objects.filter(event_id=ahead["id"]).update(not_before=timezone.now())
    drain()
    assert (states(ahead), on_hand(store)) == (["applied"], 9)
    assert violations() == []
