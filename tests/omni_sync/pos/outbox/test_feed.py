"""The feed, from the outside: what a connection hears, in which order, and what it is told when it can't be."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import BadCursor
from omni_sync.pos.outbox.models import BearerToken
from omni_sync.pos.outbox.prune import prune
from omni_sync.pos.outbox.tokens import make_token, revoke_token
from tests.factories import customer, make_connection, make_record, make_store, sale, tell_all
from tests.omni_sync.pos.outbox.receiver import long_ago, say, settle

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_cache")]
FEED = "/api/v1/events"


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    return make_connection(store, name="menteng-till")


@pytest.fixture
def ask(client, till):
    token = make_token(connection=till)

    def ask(after=None, *, token=token, is_blocked=False, **more):
        if not is_blocked:
            settle()
        query = {**({"after": after} if after else {}), **more}
        return client.get(FEED, query, headers={"Authorization": f"Bearer {token}"})

    return ask


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [event["id"] for event in answer.json()["events"]]


def next_of(answer):
    return answer.json()["next"]


# what is told


def test_a_sale_is_told_and_what_became_of_the_stock(ask, store, till):
    make_record(store, on_hand=9)
    begun = next_of(ask())
    tell_all(till, sale(store, "R-1", {"TEE": 2}))
    answer = ask(begun)
    told = {event["type"]: event for event in answer.json()["events"]}
    assert set(told) == {"sale.recorded", "stock.changed"}
    assert told["stock.changed"]["data"] == {
        "sku": "TEE", "store": "menteng", "on_hand": 7, "held": 0, "available": 7,
    }  # fmt: skip
    assert told["sale.recorded"]["data"]["sale"] == "R-1"
    assert {event["store"] for event in told.values()} == {"menteng"}
    assert set(told["sale.recorded"]) == {"id", "type", "at", "store", "data"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_consent_is_told_by_the_tills_own_numbers_and_nothing_to_reach_anybody_by(ask, store, till):
    make_record(store)
    consent = {
        "channel": "email", "purpose": "marketing", "state": "withdrawn", "at": "2025-11-21T09:00:00+07:00",
        "wording": "No more letters",
    }  # fmt: skip
    tell_all(till, customer(store, loyalty="L-1", email="dewi@example.com", phone="+62811000111", consents=[consent]))
    (told,) = [event for event in ask().json()["events"] if event["type"] == "customer.consent"]
    assert told["store"] == "menteng"
    assert told["data"]["customer"] == {"loyalty": "L-1"}
    wanted = {"channel": "email", "purpose": "marketing", "state": "withdrawn", "claim": False, "source": till.name}
    assert wanted.items() <= told["data"].items()
    text = json.dumps(told)
    assert not [word for word in ("dewi", "62811", "letters") if word in text]


def test_another_till_of_the_store_hears_of_the_consent_but_not_whose_number(client, store, till):
    other = make_connection(store, name="other-till")
    make_record(store)
    consent = {"channel": "sms", "purpose": "service", "state": "granted"}
    tell_all(till, customer(store, loyalty="L-1", consents=[consent]))
    settle()
    answer = client.get(FEED, headers={"Authorization": f"Bearer {make_token(connection=other)}"})
    (told,) = [event for event in answer.json()["events"] if event["type"] == "customer.consent"]
    assert (told["data"]["customer"], told["data"]["claim"]) == ({}, True)


def test_a_connection_hears_of_its_stores_and_of_what_is_of_no_store(ask, store):
    elsewhere = make_store("dago")
    mine, of_nobody = say(store), say(None)
    say(elsewhere)
    assert ids(ask()) == mine + of_nobody


def test_pages_follow_each_other_and_miss_and_repeat_nothing(ask, store, till):
    second = make_store("kemang")
    make_connection(second, name=till.name)
    told = [one for n in range(7) for one in say([store, second, None][n % 3], 2)]
    seen, after = [], None
    while page := ids(answer := ask(after, limit=3)):
        seen += page
        after = next_of(answer)
    assert seen == told
    assert ids(ask(after)) == []


def test_next_is_given_when_nothing_is_new_and_what_comes_then_is_after_it(ask, store):
    after = next_of(ask())
    assert ids(ask(after)) == []
    told = say(store)
    assert ids(ask(after)) == told


def test_a_reader_of_a_quiet_store_keeps_up_by_asking(ask, store):
    busy = make_store("dago")
    first = next_of(ask())
    say(busy, 5)
    assert Cursor.read(next_of(ask(first))) > Cursor.read(first)


# order


@pytest.fixture
def slow(store):
    """A transaction that has told something and takes its time; call it to let it end."""
    told, may_end, numbers = threading.Event(), threading.Event(), []

    def work():
        with transaction.atomic():
            numbers.extend(say(store, kind="slow"))
            told.set()
            may_end.wait(30)
        database.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert told.wait(30)

    def end():
        may_end.set()
        thread.join(30)
        return numbers

    yield end
    end()


def follow(ask):
    """A reader of the feed: each call gives what is new."""
    after = None

    def news(is_blocked=False):
        nonlocal after
        answer = ask(after, is_blocked=is_blocked)
        after = next_of(answer)
        return ids(answer)

    return news


def remember_the_last(*order):
    """A reader as everybody writes it first: whatever is after the last one seen."""
    last = (0,) * len(order)

    def news(is_blocked=False):
        nonlocal last
        rows = list(OutboxEvent.objects.order_by(*order).values_list(*order))
        new = [row for row in rows if row > last]
        last = new[-1] if new else last
        return [f"evt_{row[-1]}" for row in new]

    return news


def heard(news, store, slow):
    """What a reader hears who asks before, between and after; what was told quickly, and slowly."""
    told = news(is_blocked=True)
    quick = say(store)
    told += news(is_blocked=True)
    late = slow()
    return told + news(), quick, late


def test_a_slow_transaction_between_two_quick_ones_is_not_skipped(ask, store, slow):
    before = say(store)
    told, quick, late = heard(follow(ask), store, slow)
    assert sorted(told) == sorted(before + quick + late)


@pytest.mark.parametrize("order", [("pk",), ("xact", "pk")])
def test_control_whoever_remembers_only_the_last_one_skips_the_slow_one(store, slow, order):
    before = say(store)
    told, quick, late = heard(remember_the_last(*order), store, slow)
    assert (told, late) == (before + quick, [late[0]])


def test_order_is_that_of_the_transactions_and_within_one_that_of_telling(ask, store, slow):
    quick = say(store, 2)
    assert ids(ask(is_blocked=True)) == []  # nobody knows yet what comes before them
    late = slow()
    assert ids(ask()) == late + quick


# who may


def test_without_a_token_or_with_a_wrong_one_nothing_is_told(client, ask, till):
    for headers, error in [
        ({}, False),
        ({"Authorization": "Bearer lts_nothing"}, True),
        ({"Authorization": "Bearer "}, True),
        ({"Authorization": "Bearer \udcff"}, True),
        ({"Authorization": "Basic abc"}, True),
    ]:
        answer = client.get(FEED, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == error


def test_a_revoked_token_opens_nothing_and_the_other_still_does(ask, till):
    old, new = make_token(connection=till), make_token(connection=till)
    mine = BearerToken.objects.order_by("-pk")[1]
    assert revoke_token(connection=till, token_id=mine.pk)
    assert not revoke_token(connection=till, token_id=mine.pk)
    assert (ask(token=old).status_code, ask(token=new).status_code) == (401, 200)


def test_a_token_of_another_connection_is_not_ours_to_revoke(till):
    other = make_connection(make_store(), name="other")
    make_token(connection=other)
    assert not revoke_token(connection=till, token_id=BearerToken.objects.get().pk)


def test_a_token_is_kept_as_a_hash_only(till):
    token = make_token(connection=till)
    kept = BearerToken.objects.get()
    assert len(token) >= 40
    assert token.encode() not in bytes(kept.digest)
    assert kept.begins == token[:8]


def test_use_is_noted_without_a_write_for_every_request(ask, till, django_assert_num_queries):
    ask()
    used = BearerToken.objects.get().last_used_at
    assert timezone.now() - used < timedelta(minutes=1)
    with django_assert_num_queries(2):  # the token, the page
        ask(is_blocked=True)
    assert BearerToken.objects.get().last_used_at == used
    BearerToken.objects.update(last_used_at=used - timedelta(minutes=11))
    ask()
    assert BearerToken.objects.get().last_used_at > used


# what is refused


@pytest.mark.parametrize(
    "after", ["x", "MC4", "é", "a" * 99, "MDAuMQ", str(Cursor(1, 1)) + "=", "OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ", "\x00"]
)
def test_what_is_not_a_cursor_is_refused(ask, after):
    answer = ask(after)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("limit", [0, 501, "many"])
def test_a_page_has_one_to_five_hundred_events(ask, limit):
    assert ask(limit=limit).status_code == 422


def test_a_page_has_a_hundred_unless_asked(ask, store):
    OutboxEvent.objects.bulk_create([OutboxEvent(type="t", store=store, data={}) for _ in range(501)])
    assert len(ids(ask())) == 100
    assert len(ids(ask(limit=500))) == 500


def test_too_many_requests_are_told_when_to_come_again(ask, monkeypatch):
    from omni_sync.pos.outbox import api

    monkeypatch.setattr(api.limit_per_connection, "most", 2)
    monkeypatch.setattr(api.limit_per_connection, "seconds", 3600)
    assert [ask().status_code for _ in range(3)] == [200, 200, 429]
    assert int(ask().headers["Retry-After"]) >= 0


def test_a_cursor_reads_only_what_it_wrote():
    for cursor in (Cursor(0, 0), Cursor(7, 12), Cursor(2**63 - 1, 2**63 - 1)):
        assert Cursor.read(str(cursor)) == cursor
    for text in ("", "MTIuMw==", "LTEuMQ", "MS4x\n"):
        with pytest.raises(BadCursor):
            Cursor.read(text)


# what is no longer kept


def test_a_cursor_behind_what_is_kept_is_told_so_and_where_to_go_on(ask, store):
    beginning = next_of(ask())
    long_ago(*say(store, 3))
    kept = say(store, 2)
    assert len(ids(ask(beginning))) == 5
    assert prune() == 3
    answer = ask(beginning)
    assert answer.status_code == 410
    assert ids(ask(answer.json()["oldest"])) == kept
    assert ids(ask()) == kept


def test_a_reader_who_keeps_up_is_not_troubled_by_pruning(ask, store):
    elsewhere = make_store("dago")
    long_ago(*say(elsewhere, 3))
    after = next_of(ask())
    say(elsewhere)
    assert prune() == 3
    assert ids(ask(after)) == []


def test_a_cursor_of_another_databases_life_is_told_so(ask, store):
    say(store)
    answer = ask(str(Cursor(2**62, 1)))
    assert answer.status_code == 410
    assert len(ids(ask(answer.json()["oldest"]))) == 1


def test_nothing_is_pruned_that_is_younger_than_ninety_days(ask, store):
    told = say(store, 3)
    assert prune() == 0
    assert ids(ask()) == told
