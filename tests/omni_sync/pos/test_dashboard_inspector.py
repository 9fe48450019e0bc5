"""The inspector: raw deliveries shown safely, what an event did, and how anything is found again."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from omni_sync.oscar import keyset
from omni_sync.oscar.models import Order
from omni_sync.pos.dashboard import counts, find
from omni_sync.pos.dashboard.bodies import LONGEST, show_body, show_headers
from omni_sync.pos.drain import drain
from omni_sync.pos.models import Delivery, InboxEvent
from omni_sync.pos.receive import keep_unreadable
from omni_sync.stock.hold import Holder, Line, hold
from tests.factories import (
    NOON,
    counted,
    goods_in,
    make_connection,
    make_line,
    make_record,
    make_store,
    post,
    returned,
    sale,
    tell,
    tell_all,
    voided,
)

pytestmark = pytest.mark.django_db
BASE = "/dashboard/lintas/"


@pytest.fixture
def rani():
    return get_user_model().objects.create(email="rani@langkah.example", is_staff=True)


@pytest.fixture
def desk(client, rani):
    client.force_login(rani)
    return client


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def record(store):
    return make_record(store, on_hand=50)


@pytest.fixture
def till(store, record):
    return make_connection(store, name="menteng-till")


def read(answer):
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split()).replace("&#x27;", "'")


def allow(user, codename):
    user.user_permissions.add(Permission.objects.get(codename=codename, content_type__app_label="omni_sync"))


def event_page(desk, **which):
    return read(desk.get(f"{BASE}events/{InboxEvent.objects.get(**which).pk}/"))


# raw bodies


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b'{"a": [1]}', "json"), (b"<b>1</b>", "text"), (b"\xff\xfe\x00", "hex"), (b"a\x00b", "hex"), (b"", "text"),
        (b"[" * 9999, "text"),
    ],
    ids=["json", "text", "no text", "a zero", "empty", "nested"],
)  # fmt: skip
def test_a_body_is_shown_in_a_form_that_can_be_read(body, form):
    shown = show_body(body)
    assert (shown.form, shown.size, shown.is_cut) == (form, len(body), False)


def test_a_long_body_is_cut():
    assert [show_body(body).is_cut for body in (b"x" * LONGEST, b"x" * (LONGEST + 1), b"\xff" * LONGEST)] == [
        False,
        True,
        True,
    ]
    assert len(show_body(b"y" * 5_000_000).text) == LONGEST


def test_persons_are_left_out_whatever_the_form():
    said = {"data": {"customer": {"name": "Budi"}, "note": "call +62 811 222 333 or budi@example.com", "sku": "TEE"}}
    shown = show_body(json.dumps(said).encode()).text
    assert "TEE" in shown
    xml = b'<Sale><Customer>Budi</Customer><x:EMail a="1">budi@example.com</x:EMail><SKU>TEE</SKU> +62811222333</Sale>'
    shown += show_body(xml).text
    assert not [secret for secret in ("Budi", "budi@", "811") if secret in shown]
    assert "<SKU>TEE</SKU>" in shown


def test_signatures_and_secrets_are_masked():
    shown = dict(show_headers({"webhook-signature": "v1,abcdefghijkl", "x-api-key": "short", "host": "shop"}))
    assert shown == {"webhook-signature": "v1,a•••", "x-api-key": "•••", "host": "shop"}


def test_a_delivery_shows_what_came_and_what_was_answered(desk, rani, client, store, till):
    events = [
        sale(store, "R-1", {"TEE": 1}, customer={"email": "budi@example.com"}),
        sale("elsewhere", "R-2", {"TEE": 1}),
    ]
    post(Client(), till, events)
    delivery = Delivery.objects.get()
    page = read(desk.get(f"{BASE}deliveries/{delivery.pk}/"))
    assert delivery.fingerprint in page
    assert "1 accepted, 0 said before, 1 refused" in page
    assert "unknown_store: elsewhere" in page
    assert "0 Sale R-1 Menteng" in page
    assert "webhook-signature v1,"[:23] in page
    assert delivery.headers["webhook-signature"] not in page
    assert "budi@example.com" not in page
    assert re.search(
        rf"#{delivery.pk} .* menteng-till \d+ bytes 1 0 1 unknown_store", read(desk.get(f"{BASE}deliveries/"))
    )


def test_the_bytes_are_for_who_may_see_of_whom_they_speak(desk, rani, store, till):
    tell(till, sale(store, "R-1", {"TEE": 1}, customer={"email": "budi@example.com"}))
    delivery = Delivery.objects.get()
    body = f"{BASE}deliveries/{delivery.pk}/body"
    assert desk.get(body).status_code == 403
    assert "Download" not in read(desk.get(f"{BASE}deliveries/{delivery.pk}/"))
    allow(rani, "view_delivery")
    desk.force_login(get_user_model().objects.get(pk=rani.pk))
    answer = desk.get(body)
    assert answer.content == bytes(delivery.body)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="delivery-{delivery.pk}.json"'
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "application/octet-stream", "nosniff",
    )  # fmt: skip
    Delivery.objects.update(body=None)
    assert desk.get(body).status_code == 404
    assert "It is not kept any more" in read(desk.get(f"{BASE}deliveries/{delivery.pk}/"))


def test_a_body_that_nobody_could_read_is_shown_all_the_same(desk, till):
    keep_unreadable(connection=till, body=b"\xffnonsense<script>", headers={}, error="not JSON")
    page = desk.get(f"{BASE}deliveries/{Delivery.objects.get().pk}/").content.decode()
    assert "ff 6e 6f 6e 73" in page
    assert "nonsense&lt;scri" in page
    assert "unreadable" in read(desk.get(f"{BASE}deliveries/", {"refused": "on"}))


# what it did


def test_a_sale_shows_its_order_its_movements_and_whom_it_was_told(desk, store, till):
    lines = [make_line(1, "TEE", 2, unit_price="1000"), make_line(2, "NOPE", unit_price="5")]
    tell_all(till, sale(store, "R-1", lines, total="7"))
    page = event_page(desk, document="sale/R-1")
    assert "Order menteng-R-1 , Rp7" in page
    assert "The till's sums don't add up" in page
    assert "Tee TEE Sale -2 in the figure 48" in page
    assert "2: -1 × NOPE nothing has this SKU or GTIN" in page  # noqa: RUF001
    assert re.search(r"evt_\d+ sale.recorded", page)
    assert "stock.changed: TEE, 48 on hand, 0 promised" in page
    assert "s after it came in" in page


def test_a_void_and_what_it_took_back(desk, store, till):
    tell_all(
        till, sale(store, "R-1", {"TEE": 2}), returned(store, "B-1", {"TEE": 1}, of="R-1"), voided(store, sale="R-1")
    )
    assert "Tee TEE Sale -2 taken back 50" in event_page(desk, document="sale/R-1")
    page = event_page(desk, document="void/sale/R-1")
    assert "Tee TEE Void +2 in the figure 50" in page
    assert "Tee TEE Void -1 in the figure 50" in page
    assert "answers order menteng-R-1" in event_page(desk, document="return/B-1")


def test_what_was_counted_since_says_so(desk, store, till):
    tell_all(
        till, sale(store, "R-1", {"TEE": 2}), counted(store, {"TEE": 9}, document="C-1", at=NOON + timedelta(hours=1))
    )
    assert re.search(r"Sale -2 none: counted since, \d", event_page(desk, document="sale/R-1"))
    assert "Count = 9 the count in force 9" in event_page(desk, document="counted/C-1")


def test_a_hand_over_shows_the_promise_it_kept(desk, store, record, till):
    order = Order.objects.create(number="100042", total_incl_tax=1, total_excl_tax=1, currency="IDR")
    order.lines.create(
        partner=store, partner_sku="TEE", stockrecord=record, product=record.product, title="Tee", quantity=1,
        line_price_incl_tax=1, line_price_excl_tax=1, line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1, num_allocated=0,
    )  # fmt: skip
    with transaction.atomic():
        hold(lines=[Line(record.pk, 1)], holder=Holder("order", "100042"), until=None)
    line = {"line": "1", "sku": "TEE", "quantity": 1, "unit_price": "1", "order": "100042", "order_line": "1"}
    tell_all(till, sale(store, "R-1", [line]))
    page = event_page(desk, document="sale/R-1")
    assert "Kept the promise to order 100042" in page
    assert "Order 100042 , Rp1" in page


def test_repeats_and_contradictions_lead_to_each_other(desk, store, till):
    for units, key in ((2, "a"), (2, "b"), (3, "c")):
        tell_all(till, sale(store, "R-1", {"TEE": units}, key=key))
    first = event_page(desk, event_id="a")
    assert re.search(r"Under the same id or number b .* Said before c .* Contradicts what was said before", first)
    assert "Once is enough" in event_page(desk, event_id="b")
    assert "Its document number was used before" in event_page(desk, event_id="c")
    assert "Nothing yet" in (tell(till, sale(store, "R-2", {"TEE": 1})) and event_page(desk, document="sale/R-2"))


# found again


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("e-1", ["R-1"]), ("R-2", ["R-2"]), ("sale/R-2", ["R-2"]), ("CAP", ["C-3"]), ("NOPE", ["R-4"]),
        ("LATER", ["C-5"]), ("TEE", ["R-2", "R-1"]), ("zzz", []),
    ],
    ids=str,
)  # fmt: skip
def test_an_event_is_found_by_id_number_and_sku(desk, store, till, text, found):
    make_record(store, sku="CAP")
    tell_all(till, sale(store, "R-1", {"TEE": 1}, key="e-1"), sale(store, "R-2", {"TEE": 1}))
    tell_all(till, goods_in(store, {"CAP": 1}, document="C-3"), sale(store, "R-4", {"NOPE": 1}))
    tell(till, counted(store, {"LATER": 1}, document="C-5", at=timezone.now() + timedelta(days=1)))
    page = read(desk.get(BASE, {"q": text, "state": "attention"}))
    assert re.findall(r"\b[RC]-\d", page.partition("newest first")[2]) == found


def test_events_and_deliveries_of_a_span_of_time(desk, store, till):
    for n, hours in enumerate((48, 24, 1)):
        tell_all(till, sale(store, f"R-{n}", {"TEE": 1}))
        at = timezone.now() - timedelta(hours=hours)
        Delivery.objects.filter(pk=Delivery.objects.latest("pk").pk).update(received_at=at)
        InboxEvent.objects.filter(document=f"sale/R-{n}").update(received_at=at)
    now = timezone.localtime()
    span = {name: (now - timedelta(hours=h)).strftime("%Y-%m-%dT%H:%M") for name, h in (("since", 30), ("until", 20))}
    assert re.findall(r"\bR-\d", read(desk.get(BASE, {"state": "all", **span}))) == ["R-1"]
    assert read(desk.get(f"{BASE}deliveries/", span)).count("menteng-till 2") == 1
    after = {"since": (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")}
    assert "There is no event like that" in read(desk.get(BASE, {"state": "all", **after}))


def test_older_pages_follow_each_other_without_a_gap(desk, store, till, monkeypatch):
    monkeypatch.setattr("omni_sync.oscar.keyset.PATIENCE", 0)
    tell(till, *(sale(store, f"R-{n}", {"TEE": 1}) for n in range(120)))
    seen, address = [], f"{BASE}?state=all"
    for _page in range(4):
        page = desk.get(address).content.decode()
        seen += re.findall(r">R-(\d+)<", page)
        following = re.search(r'href="(\?[^"]*before=\d+)"', page)
        if not following:
            break
        address = BASE + following[1].replace("&amp;", "&")
    assert seen == [str(n) for n in range(119, -1, -1)]


def test_a_rare_kind_is_looked_for_window_by_window(store, till):
    tell(till, counted(store, {"TEE": 1}), *(sale(store, f"R-{n}", {"TEE": 1}) for n in range(30)))
    rare = InboxEvent.objects.filter(type="stock.counted")
    page = keyset.newest_first(rare, before=None, window=5)
    assert (page.rows, page.looked_through, page.is_first) == ([], True, True)
    while not page.rows:
        page = keyset.newest_first(rare, before=page.older, window=5)
    assert [event.type for event in page.rows] == ["stock.counted"]
    assert page.is_first is False


# applied again


def test_all_that_failed_for_one_reason_are_applied_again_from_the_page(desk, store, till):
    tell_all(till, sale(store, "R-1", {"TEE": 1}), sale(store, "R-2", {"TEE": 1}))
    InboxEvent.objects.update(state="pending")
    drain()
    Order.objects.all().delete()
    page = desk.get(BASE, {"state": "failed"}).content.decode()
    reason = re.search(r'name="reason" value="([^"]+)"', page)[1].replace("&quot;", '"')
    assert "Apply all 2 again" in page
    assert "2 events take their turn again" in read(desk.post(f"{BASE}retry/", {"reason": reason}, follow=True))
    drain()
    assert set(InboxEvent.objects.values_list("state", flat=True)) == {"applied"}
    assert "Nothing is left" in read(desk.post(f"{BASE}retry/", {"reason": reason}, follow=True))
    assert desk.get(f"{BASE}retry/").status_code == 405


def test_applying_again_needs_staff_and_a_token(client, rani):
    assert client.post(f"{BASE}retry/", {"reason": "x"}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rani)
    assert strict.post(f"{BASE}retry/", {"reason": "x"}).status_code == 403


# however long the history


def plan(sql, params):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row for (row,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        (counts._OPEN, {"most": 10}),
        (counts._BY_CONNECTION, {"most": 10, "ids": [1]}),
        (find._FIND, {"text": "R-1", "documents": ["sale/R-1"], "line": '[{"sku": "R-1"}]', "most": 5}),
        (find._RELATED, {"connection": 1, "store": 1, "id": "e", "document": "sale/R-1"}),
    ],
    ids=["open", "open by connection", "find", "related"],
)
def test_nothing_reads_the_whole_history(sql, params):
    assert "Seq Scan on omni_sync_inboxevent" not in plan(sql, params)


@pytest.mark.parametrize(
    ("zone", "said"), [("Asia/Jakarta", "12:00:00 WIB"), ("Asia/Makassar", "13:00:00 WITA"), ("UTC", "05:00:00 UTC")]
)
def test_what_happened_in_a_store_is_dated_by_its_clock(desk, till, store, record, zone, said):
    store.location.timezone = zone
    store.location.save()
    at = NOON.replace(hour=5)
    tell(till, sale(store, "R-1", {record.partner_sku: 1}, at=at))
    drain()
    for page in ("?state=applied", f"deliveries/{Delivery.objects.get().pk}/", f"stock/{record.pk}/"):
        assert said in read(desk.get(BASE + page)), page
