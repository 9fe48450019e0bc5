"""Somebody at a desk finds out what a till said, what it did, and puts right what is wrong."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from omni_sync.pos.drain import drain
from omni_sync.pos.drift.report import report_level
from omni_sync.pos.models import InboxEvent
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Movement
from tests.factories import (
    adjusted,
    counted,
    goods_in,
    make_connection,
    make_line,
    make_product,
    make_record,
    make_store,
    on_hand,
    returned,
    sale,
    tell,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db(transaction=True)
BASE, PASSWORD = "/dashboard/lintas/", "rani-at-her-desk"
TABLET = {"viewport": {"width": 820, "height": 1180}}
PHONE = {"viewport": {"width": 390, "height": 844}}


def sign_in(page, email):
    page.goto("/dashboard/login/")
    page.fill("input[name$=username]", email)
    page.fill("input[name$=password]", PASSWORD)
    page.press("input[name$=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


@pytest.fixture
def office():
    """A shop with a past: counts, sales, a void, a return, a contradiction, a failure, a promise broken, drift."""
    get_user_model().objects.create_superuser("rani@langkah.example", PASSWORD)
    store, other = make_store("menteng"), make_store("dago", zone="Asia/Jakarta")
    till, now = make_connection(store, other, name="menteng-till"), timezone.now()
    goods = {"LK-TEE-BLK-M": "Kawan tee, black, M", "LK-RUN-WHT-42": "Lari running shoe, white, 42", "CAP": "Topi cap"}
    records = [make_record(store, product=make_product(title), sku=sku) for sku, title in goods.items()]
    tell_all(till, counted(store, dict.fromkeys(goods, 20), at=now - timedelta(days=20)))
    tell_all(till, goods_in(store, {"LK-TEE-BLK-M": 12, "CAP": 3}, at=now - timedelta(days=15), reference="PO-7"))
    for n in range(6):
        sku, day = list(goods)[n % 3], now - timedelta(days=12 - n)
        line = make_line(1, sku, 1 + n % 2, unit_price="149000", title=goods[sku])
        tell_all(till, sale(store, f"R-{n}", [line], at=day, customer={"email": "budi@example.com"}))
    tell_all(till, voided(store, sale="R-3", at=now - timedelta(days=8)))
    tell_all(till, returned(store, "B-1", {"CAP": 1}, of="R-2", at=now - timedelta(days=5), amount="149000"))
    tell_all(till, counted(store, {"LK-TEE-BLK-M": 26, "LK-RUN-WHT-42": 19}, at=now - timedelta(days=3)))
    tell_all(till, adjusted(store, {"CAP": -1}, at=now - timedelta(days=2)))
    lost = [make_line(1, "NOPE", unit_price="1000"), make_line(2, "CAP", unit_price="149000")]
    tell_all(till, sale(store, "R-20", lost, at=now - timedelta(hours=3), total="7"))
    tell_all(till, sale(store, "R-4", {"CAP": 5}, at=now))
    failed = [sale(store, f"R-{n}", {"CAP": 1}, at=now) for n in (30, 31)]
    tell_all(till, *failed)
    InboxEvent.objects.filter(event_id__in=[event["id"] for event in failed]).update(state="pending")
    drain()
    with transaction.atomic():
        hold(lines=[Line(records[1].pk, 19)], holder=Holder("order", "100042"), until=None)
        report_level(connection=till, store="menteng", sku="CAP", quantity=4)
    tell_all(till, sale(store, "R-40", {"LK-RUN-WHT-42": 2}, at=now))
    tell(till, counted(store, {"CAP": 9}, at=now + timedelta(days=1)))
    conflict = InboxEvent.objects.get(state="conflict")
    event = InboxEvent.objects.get(document="sale/R-20")
    pages = {
        "inbox": "", "failed": "?state=failed", "everything": "?state=all", "deliveries": "deliveries/",
        "unmatched": "unmatched/", "stock": "stock/", "drift": "drift/", "shortfalls": "shortfalls/",
        "locations": "locations/", "connections": "connections/", "connect": "connections/new/",
        "conflict": f"events/{conflict.pk}/", "applied": f"events/{event.pk}/",
        "delivery": f"deliveries/{event.delivery_id}/", "ledger": f"stock/{records[0].pk}/",
        "promised": f"stock/{records[1].pk}/", "connection": f"connections/{till.pk}/",
    }  # fmt: skip
    pages = {name: BASE + path for name, path in pages.items()}
    return SimpleNamespace(pages=pages, store=store, till=till, records=records)


@pytest.mark.parametrize("device", [TABLET, PHONE], ids=["tablet", "phone"])
def test_every_page_fits_and_the_browser_has_nothing_to_complain_about(office, open_page, complaints, device):
    page = open_page("/healthz", **device)
    sign_in(page, "rani@langkah.example")
    complaints.clear()  # Oscar's own pages ask elsewhere for jQuery
    for name, path in office.pages.items():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert complaints == [], name


def test_from_what_a_till_said_to_the_count_that_puts_it_right(office, open_page, complaints):
    page = open_page("/healthz")
    sign_in(page, "rani@langkah.example")
    complaints.clear()
    page.goto(BASE)
    page.get_by_label("Event id, document number or SKU").fill("R-20")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=re.compile("Sale R-20")).click()
    expect(page.locator("body")).to_contain_text("The till's sums don't add up")
    page.get_by_role("link", name="Topi cap").click()
    expect(page.locator("h1")).to_contain_text("Topi cap")
    before = on_hand(office.store, "CAP")
    tell_all(office.till, sale(office.store, "R-50", {"CAP": 1}, at=timezone.now()))
    page.get_by_label("Units on the premises").fill("9")
    page.get_by_role("button", name="This is what is there").click()
    expect(page.locator("body")).to_contain_text(f"The books say {before - 1} by now")
    page.get_by_role("button", name="This is what is there").click()
    expect(page.locator("#messages")).to_contain_text("Counted: 9 on hand.")
    assert on_hand(office.store, "CAP") == 9
    assert Movement.objects.filter(source="dashboard", kind="counted").count() == 1
    assert violations() == []
