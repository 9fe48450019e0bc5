"""The port of ``adapters/port.py`` fits systems that hint, that push whole documents, and that are polled."""

import base64
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.pos.adapters.port import PushOnly, Reading
from omni_sync.pos.drain import drain
from omni_sync.pos.exceptions import Reject, Retry
from omni_sync.pos.fetch import fetch_hints, poll, poll_all
from omni_sync.pos.models import Connection, Delivery, InboxEvent
from omni_sync.pos.secrets import secrets_of
from omni_sync.pos.tasks import fetch_hints as fetch_task
from omni_sync.pos.tasks import poll_connections
from omni_sync.sales.models import Sale
from tests.factories import make_connection, make_record, make_store, on_hand, sale, violations
from tests.omni_sync.pos.other_systems import HintingTill, PolledTill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]

HERE = "tests.omni_sync.pos.other_systems"


@pytest.fixture(autouse=True)
def adapters(settings):
    settings.LINTAS_TILL_ADAPTERS = {
        "hinting": f"{HERE}.HintingTill", "documents": f"{HERE}.DocumentTill", "polled": f"{HERE}.PolledTill"
    }  # fmt: skip
    for adapter in (HintingTill, PolledTill):
        adapter.trouble, adapter.SOURCE = [], type(adapter.SOURCE)()
    HintingTill.asked = []


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store)
    return store


def hint(number="evt-a", order="O-1", status="COMPLETED", location="LOC-1"):
    payment = {"id": "P-1", "order_id": order, "status": status, "location_id": location}
    return {
        "event_id": number, "type": "payment.updated", "created_at": "2025-11-21T09:00:00Z",
        "data": {"type": "payment", "id": "P-1", "object": {"payment": payment}},
    }  # fmt: skip


def push(client, connection, told, **headers):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    secret, url = secrets_of(connection)[0].encode(), f"/api/v1/pos/{connection.name}/events"
    if connection.adapter == "hinting":
        mac = hmac.digest(secret, f"http://testserver{url}".encode() + body, "sha256")
        headers["x-square-hmacsha256-signature"] = base64.b64encode(mac).decode()
    else:
        mac = hmac.digest(secret, body, "sha256")
        headers["x-shopify-hmac-sha256"] = base64.b64encode(mac).decode()
    return client.post(url, data=body, content_type="application/json", headers=headers)


@pytest.fixture
def hinting(store):
    connection = make_connection(store, adapter="hinting")
    connection.store_map.update(code="LOC-1")
    HintingTill.SOURCE["O-1"] = sale("LOC-1", "O-1", {"TEE": 2}, key="order-O-1")
    return connection


def test_a_hint_is_durable_at_the_door_and_read_afterwards(client, hinting, store):
    assert push(client, hinting, hint()).json() == {"accepted": 1, "duplicates": 0, "rejected": []}
    drain()
    assert (on_hand(store), HintingTill.asked) == (0, [])
    assert (fetch_hints(), drain()) == (1, 1)
    assert on_hand(store) == -2
    assert HintingTill.asked == [("LOC-1", secrets_of(hinting))]
    assert list(InboxEvent.objects.order_by("pk").values_list("type", "state")) == [
        ("payment.updated", "applied"), ("sale.completed", "applied"),
    ]  # fmt: skip
    assert violations() == []


def test_every_hint_of_one_thing_is_read_and_the_sale_is_recorded_once(client, hinting, store):
    push(client, hinting, hint("evt-0", status="APPROVED"))
    fetch_hints()
    for number in ("evt-a", "evt-b", "evt-a"):
        assert push(client, hinting, hint(number)).status_code == 202
        fetch_hints()
        drain()
    assert (len(HintingTill.asked), Sale.objects.count(), on_hand(store)) == (3, 1, -2)


def test_a_source_that_cannot_answer_now_is_asked_again_later(client, hinting, store):
    HintingTill.trouble = [Retry("busy"), Retry("busy")]
    push(client, hinting, hint())
    assert fetch_hints() == 0
    assert fetch_hints() == 0  # not before its time
    row = InboxEvent.objects.get()
    assert (row.state, row.attempts, "busy" in row.error, len(HintingTill.asked)) == ("hint", 1, True, 1)
    assert row.not_before > timezone.now() + timedelta(seconds=5)
    for _ in range(2):
        InboxEvent.objects.update(not_before=timezone.now())
        fetch_hints()
    drain()
    assert (on_hand(store), InboxEvent.objects.get(type="payment.updated").state) == (-2, "applied")


def test_a_source_that_refuses_for_good_fails_the_hint_and_nobody_else(client, hinting, store):
    HintingTill.trouble = [Reject("gone"), KeyError("a bug of the adapter")]
    for number in ("evt-a", "evt-b", "evt-c"):
        push(client, hinting, hint(number))
    assert fetch_hints() == 1
    assert list(InboxEvent.objects.filter(type="payment.updated").order_by("pk").values_list("state", flat=True)) == [
        "failed", "failed", "applied",
    ]  # fmt: skip
    drain()
    assert on_hand(store) == -2


def test_a_source_that_never_answers_is_given_up_after_days_for_a_person_to_see(client, hinting):
    HintingTill.trouble = [Retry("busy")]
    push(client, hinting, hint())
    InboxEvent.objects.update(attempts=59)
    fetch_hints()
    assert InboxEvent.objects.get().state == "failed"


def test_what_was_read_and_can_not_be_used_says_so_at_the_hint(client, hinting):
    HintingTill.SOURCE["O-1"] = sale("LOC-1", "O-1", {"TEE": 0})
    push(client, hinting, hint())
    fetch_hints()
    row = InboxEvent.objects.get()
    assert (row.state, "quantity" in row.error) == ("failed", True)


def test_a_hint_being_read_is_left_alone_by_others(client, hinting, monkeypatch):
    push(client, hinting, hint())
    inner = []

    def fetch(self, told, *, secrets):
        inner.append(fetch_hints())
        return Reading()

    monkeypatch.setattr(HintingTill, "fetch", fetch)
    assert fetch_hints() == 1
    assert inner == [0]


def test_a_hint_with_a_wrong_signature_is_refused(client, hinting):
    url = f"/api/v1/pos/{hinting.name}/events"
    assert client.post(url, data=hint(), content_type="application/json").status_code == 401
    assert Delivery.objects.count() == 0


ORDER = {
    "id": 450789469, "order_number": 1001, "source_name": "pos", "location_id": 655441491, "currency": "USD",
    "processed_at": "2025-11-21T09:00:00-05:00", "total_price": "40.00",
    "line_items": [{"id": 1, "sku": "TEE", "title": "Tee", "quantity": 2, "price": "20.00"}],
}  # fmt: skip


@pytest.fixture
def documents(store):
    connection = make_connection(store, adapter="documents")
    connection.store_map.update(code="655441491")
    return connection


def test_a_pushed_document_is_a_sale_at_once(client, documents, store):
    headers = {"x-shopify-webhook-id": "w-1"}
    assert push(client, documents, ORDER, **headers).json()["accepted"] == 1
    assert push(client, documents, ORDER, **headers).json()["duplicates"] == 1
    assert push(client, documents, ORDER, **{"x-shopify-webhook-id": "w-2"}).json()["duplicates"] == 1
    drain()
    recorded = Sale.objects.get()
    assert (recorded.number, str(recorded.total), recorded.order.number) == ("1001", "40.00", "menteng-1001")
    assert (on_hand(store), violations()) == (-2, [])


def test_a_document_that_is_not_the_tills_is_refused_and_kept(client, documents):
    answer = push(client, documents, {**ORDER, "source_name": "web"}, **{"x-shopify-webhook-id": "w-1"})
    assert (answer.status_code, answer.json()["rejected"][0]["error"]) == (422, "not sold at a till")
    assert Delivery.objects.count() == 1


def test_a_real_order_of_the_other_system_goes_through(client, documents, root):
    folder = root.parent / "shared" / "pos_samples" / "shopify"
    if not folder.is_dir():
        pytest.skip("the collected payloads of other systems are not beside this checkout")
    order = json.loads((folder / "webhook_orders_updated_body.json").read_text())
    order = {**order, "source_name": "pos", "location_id": 655441491, "processed_at": "2025-11-21T09:00:00-05:00"}
    answer = push(client, documents, order, **{"x-shopify-webhook-id": "w-9"})
    assert answer.status_code == 202
    drain()
    assert Sale.objects.get().order.lines.count() == len(order["line_items"])


@pytest.fixture
def polled(store):
    PolledTill.SOURCE[:] = [
        {"version": 10 * n, "sale": sale("menteng", f"R-{n}", {"TEE": 1}, key=f"ls-{n}")} for n in range(1, 6)
    ]
    return make_connection(store, adapter="polled")


def test_a_polled_system_is_read_to_its_end_and_then_from_there(polled, store):
    assert (poll(polled), poll(polled)) == (5, 0)
    drain()
    assert (Connection.objects.get().cursor, on_hand(store)) == ("50", -5)
    PolledTill.SOURCE.append({"version": 70, "sale": sale("menteng", "R-7", {"TEE": 1})})
    assert poll(Connection.objects.get()) == 1
    assert Connection.objects.get().cursor == "70"


def test_a_crash_between_events_and_cursor_only_reads_again(polled, store):
    poll(polled)
    Connection.objects.update(cursor="20")
    assert poll(Connection.objects.get()) == 0
    drain()
    assert (on_hand(store), Connection.objects.get().cursor) == (-5, "50")


def test_a_poller_that_another_overtook_leaves_its_cursor_alone(polled):
    Connection.objects.update(cursor="50")  # polled still believes it stands at the beginning
    poll(polled)
    assert Connection.objects.get().cursor == "50"


def test_a_poll_that_is_refused_keeps_what_it_has_and_goes_on_next_time(polled):
    PolledTill.trouble = [Retry("busy")]
    assert (poll(polled), Connection.objects.get().cursor) == (0, "")
    PolledTill.trouble = [Reject("closed")]
    assert poll(polled) == 0
    assert poll(polled) == 5


@pytest.fixture
def broken(store):
    connection = make_connection(store, adapter="polled")
    Connection.objects.filter(pk=connection.pk).update(adapter="taken-away")
    return connection


def test_one_connection_that_fails_stops_no_other(broken, polled):
    assert broken.pk < polled.pk
    assert poll_all() == 5


def test_an_unusable_row_does_not_stop_the_poll(polled, store):
    PolledTill.SOURCE[1]["sale"]["data"]["lines"][0]["quantity"] = 0
    assert poll(polled) == 4
    answers = [delivery.answer["rejected"] for delivery in Delivery.objects.order_by("pk")]
    assert [len(rejected) for rejected in answers] == [1, 0, 0]


def test_the_tasks_do_the_same(polled, hinting, client, store):
    push(client, hinting, hint())
    assert poll_connections() == 5
    assert fetch_task() == 1
    drain()
    assert on_hand(store) == -7


def test_a_system_that_pushes_everything_has_nothing_to_fetch_or_poll(store):
    native = make_connection(store)
    assert poll(native) == 0
    with pytest.raises(Reject):
        PushOnly().fetch(None, secrets=[])
