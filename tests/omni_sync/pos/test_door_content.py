"""What a till may say, line by line of CONTRACTS; each refusal by itself, nothing lost, nothing half done."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.oscar.models import Order
from omni_sync.pos.drain import drain
from omni_sync.pos.models import Delivery, InboxEvent
from omni_sync.sales.models import Sale
from tests.factories import (
    adjusted,
    as_body,
    books,
    counted,
    customer,
    goods_in,
    make_connection,
    make_event,
    make_line,
    make_record,
    make_store,
    on_hand,
    post,
    returned,
    sale,
    sale_data,
    states,
    violations,
    voided,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    make_record(store)
    make_record(store, sku="CAP")
    return make_connection(store)


def is_unusable(answer):
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["status"] == 422
    return answer.json()


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


BAD_QUANTITIES = [0, -1, True, False, 1.0, 1.5, "2", None, 2**31, 10**30, 1e300, [], {}]


@pytest.mark.parametrize("quantity", BAD_QUANTITIES, ids=repr)
@pytest.mark.parametrize("make", [sale, lambda s, _, lines: goods_in(s, lines)], ids=["sale", "goods in"])
def test_a_quantity_that_is_no_whole_number_from_1_is_refused(client, till, make, quantity):
    event = make("menteng", "R-1", [("TEE", 1)])
    event["data"]["lines"][0]["quantity"] = quantity
    assert "quantity" in is_unusable(post(client, till, [event]))["rejected"][0]["error"]


@pytest.mark.parametrize("quantity", [q for q in BAD_QUANTITIES if q != 0 or q is False], ids=repr)
def test_a_count_is_a_whole_number_from_0(client, till, quantity):
    event = counted("menteng", {"TEE": 0})
    event["data"]["lines"][0]["quantity"] = quantity
    is_unusable(post(client, till, [event]))
    assert post(client, till, [counted("menteng", {"TEE": 0})]).json()["accepted"] == 1


@pytest.mark.parametrize("quantity", [0, -(2**31) - 1, True, 0.5], ids=repr)
def test_an_adjustment_is_signed_and_not_nothing(client, till, store, quantity):
    event = adjusted("menteng", {"TEE": 1})
    event["data"]["lines"][0]["quantity"] = quantity
    is_unusable(post(client, till, [event]))
    assert post(client, till, [adjusted("menteng", {"TEE": -3})]).json()["accepted"] == 1
    drain()
    assert on_hand(store) == -3


BAD_MONEY = [1000, 10.5, 0, None, True, "", "1,000", "1e3", "NaN", "Infinity", "-5", "+5", " 5", "5.", ".5", "١٢",
             "0x1", "1" * 11, "1" * 400, "10.00", "10.50", "10.123"]  # fmt: skip


@pytest.mark.parametrize("amount", BAD_MONEY, ids=repr)
def test_money_is_text_in_major_units_with_the_decimals_of_its_currency(client, till, amount):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["data"]["lines"][0]["unit_price"] = amount
    is_unusable(post(client, till, [event]))
    assert Sale.objects.count() == 0


@pytest.mark.parametrize("field", ["discount", "amount", "tax"])
def test_every_amount_of_a_line_is_looked_at(client, till, field):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["data"]["lines"][0][field] = "1.5"
    is_unusable(post(client, till, [event]))


@pytest.mark.parametrize("field", ["discount", "shipping", "rounding", "total"])
def test_every_amount_of_a_sale_is_looked_at(client, till, field):
    is_unusable(post(client, till, [sale("menteng", "R-1", {"TEE": 1}, **{field: "1.5"})]))
    is_unusable(post(client, till, [sale("menteng", "R-1", {"TEE": 1}, **{field: 1})]))


def test_amounts_that_come_to_more_than_the_books_have_room_for_are_refused(client, till):
    for skus in ({"TEE": 2_000}, [("TEE", 999), ("CAP", 999)]):
        event = sale("menteng", "R-1", skus, price="9999999")
        event["data"]["payments"] = []
        assert "ten digits" in is_unusable(post(client, till, [event]))["rejected"][0]["error"]
    event = sale("menteng", "R-1", {"TEE": 1000}, price="9999999")
    assert post(client, till, [event]).json()["accepted"] == 1
    drain()
    assert states(event) == ["applied"]


def test_two_decimals_are_right_where_the_currency_has_them(client, till):
    event = sale("menteng", "R-1", {"TEE": 1}, price="10.50", currency="USD")
    assert post(client, till, [event]).json()["accepted"] == 1


@pytest.mark.parametrize("currency", ["KWD", "BHD", "ABC", "idr", "ID", "", None, 360])
def test_a_currency_nobody_can_count_in_is_refused(client, till, currency):
    event = sale("menteng", "R-1", {"TEE": 1})
    event["data"]["currency"] = currency
    assert is_unusable(post(client, till, [event]))["rejected"]


def test_a_refund_in_a_currency_without_decimals_has_none_even_if_it_is_not_named(client, till):
    """The store's currency is the return's where it names none: an amount it can't have is refused at the door."""
    is_unusable(post(client, till, [returned("menteng", "B-1", {"TEE": 1}, currency="IDR", amount="10.50")]))


def test_another_currency_than_the_stores_is_recorded_in_its_own_and_flagged(client, till, store):
    assert post(client, till, [sale("menteng", "R-1", {"TEE": 2}, price="9.99", currency="EUR")]).status_code == 202
    drain()
    recorded = Sale.objects.get()
    assert (recorded.currency, recorded.order.currency, recorded.flags) == ("EUR", "EUR", ["currency"])
    assert on_hand(store) == -2


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


def test_the_same_event_again_is_a_duplicate(client, till, store):
    event = sale("menteng", "R-1", {"TEE": 1})
    told = [post(client, till, [event, event]).json(), post(client, till, [event]).json()]
    assert [(t["accepted"], t["duplicates"]) for t in told] == [(1, 1), (0, 1)]
    drain()
    assert on_hand(store) == -1


def test_the_same_document_under_another_id_with_equal_content_is_a_duplicate(client, till, store):
    event = sale("menteng", "R-1", {"TEE": 1})
    reordered = {**event, "id": "evt-other", "data": dict(reversed(event["data"].items()))}
    told = post(client, till, [event, reordered]).json()
    assert (told["accepted"], told["duplicates"]) == (1, 1)
    drain()
    assert (on_hand(store), states(event, reordered)) == (-1, ["applied", "duplicate"])


@pytest.mark.parametrize("together", [True, False])
def test_the_same_id_with_other_content_is_a_conflict_and_nothing_is_applied(client, till, store, together):
    event, other = sale("menteng", "R-1", {"TEE": 1}, key="e1"), sale("menteng", "R-9", {"TEE": 5}, key="e1")
    for delivery in [[event, other]] if together else [[event], [other]]:
        assert post(client, till, delivery).status_code == 202
    drain()
    assert states(event) == ["applied", "conflict"]
    assert on_hand(store) == -1
    assert post(client, till, [other]).json()["duplicates"] == 1  # it is known that it contradicts
    assert InboxEvent.objects.count() == 2


@pytest.mark.parametrize("together", [True, False])
def test_the_same_document_with_other_content_is_a_conflict_and_nothing_is_applied(client, till, store, together):
    event, other = sale("menteng", "R-1", {"TEE": 1}), sale("menteng", "R-1", {"TEE": 5})
    for delivery in [[event, other]] if together else [[event], [other]]:
        assert post(client, till, delivery).status_code == 202
    drain()
    assert states(event, other) == ["applied", "conflict"]
    assert on_hand(store) == -1


def test_one_number_may_be_used_by_two_stores_and_two_kinds(client, till, store):
    kemang = make_store("kemang")
    both = make_connection(store, kemang)
    events = [sale("menteng", "1", {"TEE": 1}), sale("kemang", "1", {"TEE": 1}), returned("menteng", "1", {"TEE": 1})]
    assert post(client, both, events).json()["accepted"] == 3


def test_nothing_of_a_refused_event_is_in_the_books(client, till, store):
    bad = sale("menteng", "R-1", [("TEE", 1), ("CAP", 0)])
    is_unusable(post(client, till, as_body([bad])))
    drain()
    assert books(store) == {("menteng", "TEE"): 0, ("menteng", "CAP"): 0}
    assert not Order.objects.exists()
