"""The ledger page: what was on hand after each movement, and counts and changes by hand."""

import csv
import random
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.byhand import MovedMeanwhile, adjust_by_hand, count_by_hand, who_and_why
from omni_sync.stock.dashboard.book import all_of, count_in_force, page_of
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting, VoidOf
from tests.factories import (
    GTINS,
    NOON,
    counted,
    goods_in,
    level_of,
    make_connection,
    make_product,
    make_record,
    make_store,
    sale,
    tell_all,
    violations,
    voided,
)
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db
STOCK = "/dashboard/lintas/stock/"


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
    return make_record(store, on_hand=10)


def url(record):
    return f"{STOCK}{record.pk}/"


def read(answer):
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def count_form(record, quantity, *, shown=None, number=None):
    shown = level_of(record).on_hand if shown is None else shown
    fields = {"quantity": quantity, "shown": shown, "number": number or uuid4(), "reason": "yearly"}
    return {"action": "count"} | {f"count-{name}": str(value) for name, value in fields.items()}


def adjust_form(quantity, reason="broken", number=None):
    fields = {"quantity": quantity, "reason": reason, "number": number or uuid4()}
    return {"action": "adjust"} | {f"adjust-{name}": str(value) for name, value in fields.items()}


# the balance


def test_the_last_balance_is_what_is_on_hand_whatever_came_in_what_order(record):
    """R1 said a third time, as a running balance: it must end where the level and the audit end."""
    chance = random.Random(7)
    for n in range(120):
        is_count = chance.random() < 0.15
        at = NOON + timedelta(minutes=chance.randrange(40))
        lines = 2 if is_count and chance.random() < 0.3 else 1
        postings = [
            Posting(
                record.pk, "counted" if is_count else "sale",
                chance.randrange(9) if is_count else -chance.randrange(1, 4), at, "till",
                f"d/{n}", str(line), f"e{chance.randrange(50):02}-{n}",
            )
            for line in range(lines)
        ]  # fmt: skip
        voids = [VoidOf("till", f"d/{chance.randrange(n + 1)}", at)] if chance.random() < 0.1 else []
        post(postings=postings, voids=voids)
        newest = page_of(record.pk, condition=Q(), number=1)[0][0]
        assert newest.balance == level_of(record).on_hand
    assert violations() == []
    told = list(all_of(record.pk, kinds=[]))
    paged = [m for number in (1, 2, 3, 4) for m in page_of(record.pk, condition=Q(), number=number)[0]]
    assert {row["id"]: row["balance"] for row in told} == {m.pk: m.balance for m in paged}
    assert told[-1]["balance"] == level_of(record).on_hand
    assert count_in_force(record.pk).occurred_at == level_of(record).counted_at


def test_a_filtered_page_keeps_its_balances(store, record):
    till = make_connection(store)
    tell_all(till, sale(store, "R-1", {"TEE": 2}), goods_in(store, {"TEE": 7}, at=NOON + timedelta(hours=1)))
    rows, more = page_of(record.pk, condition=Q(kind="sale"), number=1)
    assert [(m.quantity, m.balance) for m in rows] == [(-2, 8)]
    assert more is False


# the page


def test_the_page_shows_where_a_figure_comes_from(desk, store, record):
    till = make_connection(store, name="menteng-till")
    tell_all(till, counted(store, {"TEE": 20}), sale(store, "R-1", {"TEE": 3}, at=NOON + timedelta(hours=1)))
    tell_all(till, voided(store, sale="R-1", at=NOON + timedelta(hours=2)))
    with transaction.atomic():
        hold(lines=[Line(record.pk, 4)], holder=Holder("order", "100042"), until=None)
    answer = desk.get(url(record))
    page = read(answer)
    assert "20 on hand 4 promised 0 kept back 16 available" in page
    assert "Reckoned from the count of 20" in page
    assert "4 × order 100042 until it is kept" in page  # noqa: RUF001
    assert re.search(
        r"Void \+3 20 takes back menteng/sale/R-1 .* Sale taken back -3 17 .* Count in force = 20 20", page
    )
    told = re.search(
        r'href="(/dashboard/lintas/events/told/\?source=menteng-till&amp;id=[^"]+)"', answer.content.decode()
    )
    event = desk.get(told[1].replace("&amp;", "&"))
    assert re.fullmatch(r"/dashboard/lintas/events/\d+/", event.url)


def test_a_record_that_never_moved_says_so(desk, store):
    fresh = make_record(store, product=make_product("Cap"), sku="CAP")
    page = read(desk.get(url(fresh)))
    assert "Nothing moved here yet" in page
    assert "Never counted" in page
    assert desk.get(f"{STOCK}999999/").status_code == 404


def test_a_count_from_the_page_is_in_the_ledger_with_who_and_why(desk, rani, record):
    page = desk.post(url(record), count_form(record, 7), follow=True)
    assert "Counted: 7 on hand." in read(page)
    movement = Movement.objects.get(source="dashboard", quantity=7)
    assert who_and_why(movement.reference) == (rani.pk, "yearly")
    assert re.search(rf"= 7 7 yearly {rani}", read(page))
    assert level_of(record).on_hand == 7
    assert violations() == []


def test_a_count_against_another_figure_asks_again(desk, store, record):
    form = count_form(record, 9)
    tell_all(make_connection(store), sale(store, "R-1", {"TEE": 1}, at=NOON))
    page = desk.post(url(record), form)
    assert "The books say 9 by now" in read(page)
    assert level_of(record).on_hand == 9
    assert Movement.objects.filter(source="dashboard", reference__contains="yearly").count() == 0


def test_a_form_sent_twice_counts_once(desk, record):
    form = adjust_form(-2)
    desk.post(url(record), form)
    assert "once is enough" in read(desk.post(url(record), form, follow=True))
    assert level_of(record).on_hand == 8
    form = count_form(record, 8)
    desk.post(url(record), form)
    assert "once is enough" in read(desk.post(url(record), form, follow=True))


@pytest.mark.parametrize(
    "form",
    [adjust_form(0), adjust_form("x"), adjust_form(5, reason=""), adjust_form(10**9), {"action": "adjust"}, {}],
    ids=["nothing", "no number", "no reason", "too many", "empty", "no action"],
)
def test_what_makes_no_sense_is_not_written_down(desk, record, form):
    before = Movement.objects.count()
    assert desk.post(url(record), form).status_code == 200
    assert Movement.objects.count() == before


def test_the_ledger_as_a_file(desk, store, record):
    till = make_connection(store)
    tell_all(till, sale(store, "=1+1", {"TEE": 2}, at=NOON))
    Movement.objects.filter(kind="sale").update(document="=cmd()")
    answer = desk.get(f"{url(record)}ledger.csv")
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode().splitlines()))
    assert [(row["kind"], row["quantity"], row["balance"]) for row in rows] == [
        ("counted", "10", "10"),
        ("sale", "-2", "8"),
    ]
    assert rows[1]["document"] == "'=cmd()"  # a spreadsheet must not take it for a formula
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ledger-TEE-{record.pk}.csv"'
    only = b"".join(desk.get(f"{url(record)}ledger.csv?kind=sale").streaming_content).decode()
    assert len(only.splitlines()) == 2


# the list


def test_goods_are_found_by_sku_gtin_and_title(desk, store):
    make_record(store, product=make_product("Kawan tee", gtin=GTINS[0]), sku="LK-TEE", on_hand=3)
    make_record(store, product=make_product("Topi cap"), sku="LK-CAP", on_hand=0)
    for text, found in {
        "LK-T": ["LK-TEE"], "topi": ["LK-CAP"], GTINS[0].lstrip("0"): ["LK-TEE"], "": ["LK-CAP", "LK-TEE"], "zzz": [],
    }.items():  # fmt: skip
        assert re.findall(r"\bLK-\w+", read(desk.get(STOCK, {"q": text}))) == found, text
    assert re.findall(r"\bLK-\w+", read(desk.get(STOCK, {"only": "none"}))) == ["LK-CAP"]
    assert desk.get(STOCK, {"q": "\x00", "store": "x", "only": "?", "page": "-1", "product": "x"}).status_code == 200


def test_oscars_own_stock_form_leads_to_the_ledger(client, record):
    client.force_login(get_user_model().objects.create_superuser("root@langkah.example", "x"))
    page = client.get(f"/dashboard/catalogue/products/{record.product_id}/").content.decode()
    assert f'href="{url(record)}"' in page


def test_an_empty_shop_says_so(desk):
    assert "No shop has any goods yet" in read(desk.get(STOCK))


@pytest.mark.parametrize(("path", "budget"), [(STOCK, 9), ("ledger", 14)])
def test_as_many_queries_for_fifty_as_for_one(desk, store, record, path, budget, django_assert_max_num_queries):
    till, page = make_connection(store), STOCK if path == STOCK else url(record)
    tell_all(till, sale(store, "R-0", {"TEE": 1}))
    desk.get(page)
    with django_assert_max_num_queries(budget) as one:
        desk.get(page)
    for n in range(55):
        if path == STOCK:
            make_record(store, product=make_product(f"Tee {n}"), sku=f"TEE-{n}", on_hand=1)
    tell_all(till, *(sale(store, f"R-{n}", {"TEE": 1}, at=NOON + timedelta(minutes=n)) for n in range(1, 60)))
    with django_assert_max_num_queries(len(one)):
        assert "Page 1 next" in read(desk.get(page))


# who may


def partner_person(store, **more):
    person = get_user_model().objects.create(email="dewi@langkah.example", **more)
    person.user_permissions.add(Permission.objects.get(codename="dashboard_access", content_type__app_label="partner"))
    store.users.add(person)
    return person


def test_a_partners_people_see_their_own_store_and_no_other(client, store, record):
    other = make_store("dago")
    strange = make_record(other, product=make_product("Strange"), sku="STRANGE", on_hand=5)
    client.force_login(partner_person(store))
    page = read(client.get(STOCK))
    assert "TEE" in page
    assert "STRANGE" not in page
    assert "Dago" not in page
    assert client.get(url(record)).status_code == 200
    assert client.get(url(strange)).status_code == 404
    assert client.get(f"{url(strange)}ledger.csv").status_code == 404
    assert client.post(url(strange), adjust_form(5)).status_code == 404
    assert client.post(url(record), adjust_form(5)).status_code == 302
    assert (level_of(record).on_hand, level_of(strange).on_hand) == (15, 5)
    for path in ("shortfalls/", "drift/", f"drift/?store={other.pk}"):
        page = read(client.get(f"/dashboard/lintas/{path}"))
        assert "Dago" not in page
    for path in ("", "deliveries/", "connections/", "locations/", "unmatched/", "events/1/", "deliveries/1/"):
        assert client.get(f"/dashboard/lintas/{path}").status_code == 403, path
    menu = client.get(STOCK).content.decode()
    assert f'href="{STOCK}"' in menu
    assert 'href="/dashboard/lintas/connections/"' not in menu


def test_somebody_with_access_and_no_partner_sees_nothing(client, store, record):
    person = partner_person(store)
    store.users.clear()
    client.force_login(person)
    assert "No shop has any goods yet" in read(client.get(STOCK))
    assert client.get(url(record)).status_code == 404


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/ledger.csv"])
def test_strangers_sign_in_and_shoppers_are_refused(client, record, path):
    page = STOCK + path.format(pk=record.pk)
    assert client.get(page).url == f"/dashboard/login/?next={page}"
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.get(page).status_code == 403
    assert client.post(page, adjust_form(5)).status_code == 403
    assert level_of(record).on_hand == 10


def test_a_superuser_sees_all(client, record):
    client.force_login(get_user_model().objects.create_superuser("root@langkah.example", "x"))
    assert client.get(url(record)).status_code == 200


# many at once


@pytest.mark.django_db(transaction=True)
def test_of_many_who_count_the_same_shelf_at_once_one_is_taken(rani, record):
    shelf = StockRecord.objects.get(pk=record.pk)
    tasks = [
        lambda n=n: count_by_hand(stockrecord=shelf, quantity=20 + n, shown=10, number=uuid4(), by=rani)
        for n in range(6)
    ]
    outcomes = at_once(*tasks)
    assert outcomes.count(True) == 1
    assert len([o for o in outcomes if isinstance(o, MovedMeanwhile)]) == 5
    assert level_of(record).on_hand == 20 + outcomes.index(True)
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_changes_at_once_all_count_each_once(rani, record):
    shelf, numbers = StockRecord.objects.get(pk=record.pk), [uuid4() for _ in range(4)]
    tasks = [
        lambda number=number: adjust_by_hand(
            stockrecord=shelf, quantity=-1, number=number, by=rani, reason="sent twice"
        )
        for number in numbers * 2
    ]
    outcomes = at_once(*tasks)
    assert failures(outcomes) == []
    assert outcomes.count(True) == 4
    assert level_of(record).on_hand == 6
    assert violations() == []
