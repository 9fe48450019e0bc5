"""The tills' pages in the back office, from the outside: who may, what they show, what an answer does."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from omni_sync.oscar.models import ProductClass
from omni_sync.oscar.navigation import NAVIGATION, add_to_dashboard
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.secrets import secrets_of
from tests.factories import (
    NOON,
    counted,
    customer,
    make_connection,
    make_record,
    make_store,
    on_hand,
    sale,
    tell,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db
INBOX = "/dashboard/lintas/"
PAGES = [INBOX, *(f"{INBOX}{name}/" for name in ("unmatched", "shortfalls", "locations", "connections"))]


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
def till(store):
    make_record(store, on_hand=50)
    return make_connection(store, name="menteng-till")


@pytest.fixture
def conflict(store, till):
    tell_all(till, sale(store, "R-1", {"TEE": 2}))
    tell_all(till, sale(store, "R-1", {"TEE": 5}))
    return InboxEvent.objects.get(state="conflict")


def read(answer):
    """The page as a reader sees it: no tags, single blanks."""
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def url(event):
    return f"{INBOX}events/{event.pk}/"


# who may


@pytest.mark.parametrize("page", [*PAGES, f"{INBOX}events/1/", f"{INBOX}locations/1/"])
def test_strangers_sign_in_first_and_shoppers_are_refused(client, page):
    answer = client.get(page)
    assert (answer.status_code, answer.url) == (302, f"/dashboard/login/?next={page}")
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.get(page).status_code == 403
    assert client.post(page, {"answer": "ignore"}).status_code == 403


def test_an_answer_needs_its_token(rani, conflict):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(rani)
    assert desk.post(url(conflict), {"answer": "ignore"}).status_code == 403
    page = desk.get(url(conflict)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert desk.post(url(conflict), {"answer": "ignore", "csrfmiddlewaretoken": token}).status_code == 302


def test_the_menu_of_the_dashboard_has_a_section(desk):
    page = desk.get("/dashboard/").content.decode()
    assert all(f'href="{path}"' in page for path in PAGES)


def test_the_section_is_added_once():
    before = getattr(settings, NAVIGATION)
    add_to_dashboard()
    assert getattr(settings, NAVIGATION) == before


# the inbox


def test_an_inbox_without_trouble_says_so(desk, store, till):
    tell_all(till, sale(store, "R-1", {"TEE": 2}))
    assert "Nothing needs an answer" in read(desk.get(INBOX))
    assert "Sale R-1" in read(desk.get(INBOX, {"state": "all"}))


def test_the_inbox_filters(desk, conflict, store, till):
    other = make_store("dago")
    tell_all(make_connection(other, name="dago-till"), counted(other, {"TEE": 1}, document="C-7"))
    tell(till, counted(store, {"TEE": 1}, document="C-8", at="2099-01-01T00:00:00Z"))
    assert "Sale R-1" in read(desk.get(INBOX))
    shown = {
        "conflict": {"state": "conflict"},
        "waiting": {"state": "waiting"},
        "store": {"state": "all", "store": other.pk},
        "connection": {"state": "all", "connection": till.pk},
        "type": {"state": "all", "type": "stock.counted"},
    }
    numbers = {name: re.findall(r"\b[RC]-\d", read(desk.get(INBOX, query))) for name, query in shown.items()}
    assert numbers == {
        "conflict": ["R-1"],
        "waiting": ["C-8"],
        "store": ["C-7"],
        "connection": ["C-8", "R-1", "R-1"],
        "type": ["C-8", "C-7"],
    }


@pytest.mark.parametrize("query", [{"state": "nonsense"}, {"store": "x"}, {"connection": "99999"}, {"type": "\x00"}])
def test_a_filter_that_makes_no_sense_is_no_error(desk, conflict, query):
    assert desk.get(INBOX, query).status_code == 200


# one event


def test_before_and_now_stand_side_by_side(desk, conflict):
    page = read(desk.get(url(conflict)))
    assert "Said before Said now" in page
    assert re.search(r"Line 1 differs 2 . TEE at Rp1,000 5 . TEE at Rp1,000", page)
    assert re.search(r"Payment 1 differs cash Rp2,000 cash Rp5,000", page)
    assert re.search(r"Sale number R-1 R-1", page)
    assert "19:00:00 (Asia/Jakarta)" in page


def test_whom_a_document_speaks_of_is_not_shown(desk, store, till):
    buyer = {"email": "budi@example.com", "phone": "+62811", "name": "Budi"}
    tell_all(till, sale(store, "R-1", {"TEE": 2}, customer=buyer, claim="k7secret"))
    tell_all(till, customer(store, **buyer))
    for event in InboxEvent.objects.all():
        page = read(desk.get(url(event)))
        assert "told, not shown here" in page
        assert not [secret for secret in ("budi@", "+62811", "Budi", "k7secret") if secret in page]


@pytest.mark.parametrize(("answer", "left"), [("new", 43), ("correction", 45), ("ignore", 48)])
def test_each_answer_does_what_it_says(desk, rani, conflict, store, answer, left):
    page = desk.post(url(conflict), {"answer": answer}, follow=True)
    drain()
    assert on_hand(store) == left
    assert violations() == []
    assert "Nothing needs an answer" in read(page)
    conflict.refresh_from_db()
    assert conflict.resolved_by == rani
    assert f"by {rani}" in read(desk.get(url(conflict)))
    assert "Somebody has answered this already" in read(desk.post(url(conflict), {"answer": answer}, follow=True))


def test_looking_is_no_answer(desk, conflict):
    desk.get(url(conflict), {"answer": "ignore"})
    desk.post(url(conflict), {"answer": "nonsense"})
    conflict.refresh_from_db()
    assert conflict.state == "conflict"


def test_a_refusal_says_why(desk, store, till):
    tell_all(till, voided(store, sale="R-1"))
    tell_all(till, voided(store, sale="R-1", why="mistake"))
    event = InboxEvent.objects.get(state="conflict")
    assert 'value="correction"' not in desk.get(url(event)).content.decode()
    page = read(desk.post(url(event), {"answer": "correction"}, follow=True))
    assert "can't take the place of another" in page.replace("&#x27;", "'")
    page = read(desk.post(url(event), {"answer": "new"}, follow=True))
    assert "a number of its own" in page


def test_a_failed_event_shows_what_went_wrong_and_is_tried_again(desk, store, till):
    tell_all(till, sale(store, "R-1", {"TEE": 2}))
    InboxEvent.objects.update(state="pending")
    drain()
    event = InboxEvent.objects.get(state="failed")
    assert "duplicate key" in read(desk.get(url(event)))
    assert "duplicate key" in read(desk.get(INBOX))
    desk.post(url(event), {"answer": "retry"})
    event.refresh_from_db()
    assert event.state == "pending"


def test_an_event_in_no_form_of_ours_is_shown_as_it_is(desk, conflict):
    InboxEvent.objects.filter(pk=conflict.pk).update(type="order.updated", payload=["<b>what</b>"])
    page = desk.get(url(conflict)).content.decode()
    assert "&lt;b&gt;what&lt;/b&gt;" in page


def test_unknown_events_are_not_found(desk):
    assert desk.get(f"{INBOX}events/99999/").status_code == 404
    assert desk.post(f"{INBOX}events/99999/", {"answer": "ignore"}).status_code == 404


# unmatched lines, connections


def test_unmatched_lines_stand_together_by_their_name(desk, store, till):
    assert "has found its product" in read(desk.get(f"{INBOX}unmatched/"))
    tell_all(till, sale(store, "R-1", {"CAP": 2}), sale(store, "R-2", {"CAP": 1}))
    page = desk.get(f"{INBOX}unmatched/")
    assert re.search(r"CAP . . Nothing has this SKU or GTIN 2 -3 1", read(page))
    kind = ProductClass.objects.get()
    assert f'href="/dashboard/catalogue/products/create/{kind.slug}/"' in page.content.decode()
    ProductClass.objects.create(name="Shoes")
    assert "create/shoes/" in desk.get(f"{INBOX}unmatched/").content.decode()


def test_connections_are_listed_without_their_secrets(desk, store, till, conflict):
    page = desk.get(f"{INBOX}connections/")
    assert re.search(r"menteng-till native Menteng \d+ \w+ \d{4}, \d\d:\d\d 2 no 1 contradicts", read(page))
    assert secrets_of(till)[0] not in page.content.decode()
    assert "whsec_" not in page.content.decode()


def test_nobody_connected_says_how(desk):
    assert "manage.py connection" in read(desk.get(f"{INBOX}connections/"))


# as many queries for fifty as for one


def fill(page, store, till, times):
    for n in range(times):
        if "connections" in page:
            tell(make_connection(store), counted(store, {"TEE": 1}))
        elif "unmatched" in page:
            tell(till, sale(store, f"U-{n}-{times}", {f"CAP-{n}-{times}": 1}))
        else:
            tell(till, sale(store, f"R-{n}-{times}", {"TEE": 1}))
            tell(till, sale(store, f"R-{n}-{times}", {"TEE": 2}, at=NOON + timedelta(minutes=n)))
    drain()


@pytest.mark.parametrize(
    ("page", "budget", "more"),
    [
        (INBOX, 9, "Older"),
        (f"{INBOX}unmatched/", 8, "Page 1 of 2"),
        (f"{INBOX}connections/", 11, "Page 1 of 2"),
        (f"{INBOX}deliveries/", 8, "Older"),
    ],
    ids=str,
)
def test_as_many_queries_for_fifty_as_for_one(desk, store, till, page, budget, more, django_assert_max_num_queries):
    fill(page, store, till, 1)
    desk.get(page)
    with django_assert_max_num_queries(budget) as one:
        desk.get(page)
    fill(page, store, till, 50)
    with django_assert_max_num_queries(len(one)):
        assert more in read(desk.get(page))


def test_the_pages_speak_the_readers_language(desk, conflict):
    page = desk.get(INBOX, headers={"accept-language": "id"})
    assert page.headers["Content-Language"] == "id"
    assert "Butuh jawaban" in read(page)
