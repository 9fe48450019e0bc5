"""The page of what a connection hears, from the outside: who may, what it shows, what its buttons do."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.endpoints import pause
from omni_sync.pos.outbox.models import BearerToken, Endpoint, OutboxChange
from omni_sync.pos.outbox.push import push_due
from omni_sync.pos.outbox.tokens import connection_of, make_token
from tests.omni_sync.pos.outbox.receiver import endpoint_of, listening, say, settle

pytestmark = pytest.mark.django_db
pushes = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rani():
    rani = get_user_model().objects.create(email="rani@langkah.example", is_staff=True)
    rani.user_permissions.add(Permission.objects.get(codename="change_connection"))
    return rani


@pytest.fixture
def desk(client, rani):
    client.force_login(rani)
    return client


def url(connection):
    return f"/dashboard/lintas/connections/{connection.pk}/outbox/"


def read(answer):
    """The page as a reader sees it: no tags, single blanks."""
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def press(desk, connection, action, **more):
    return desk.post(url(connection), {"action": action, **more}, follow=True)


# who may


def test_strangers_sign_in_first_and_shoppers_are_refused(client, till):
    assert client.get(url(till)).status_code == 302
    client.force_login(get_user_model().objects.create(email="dewi@example.com"))
    assert client.get(url(till)).status_code == 403
    assert client.post(url(till), {"action": "token"}).status_code == 403


def test_staff_without_the_permission_look_and_change_nothing(client, till):
    client.force_login(get_user_model().objects.create(email="budi@langkah.example", is_staff=True))
    page = read(client.get(url(till)))
    assert "You may look" in page
    assert "Make a token" not in page
    for action in ("token", "address", "pause", "resume", "replay", "test", "revoke"):
        assert client.post(url(till), {"action": action}).status_code == 403
    assert not BearerToken.objects.exists()


def test_there_is_no_page_for_no_connection(desk, till):
    assert desk.get(url(Connection(pk=till.pk + 1))).status_code == 404
    assert desk.post(url(Connection(pk=till.pk + 1)), {"action": "token"}).status_code == 404


# what it shows


def test_a_connection_nobody_listens_to_says_so(desk, till):
    page = read(desk.get(url(till)))
    assert "It has no webhook" in page
    assert "There is no token" in page
    assert "Push again" not in page


@pushes
def test_it_shows_what_is_still_to_come_and_what_was_answered(desk, store, till, receiver):
    listening(till, receiver)
    assert "Still to come nothing" in read(desk.get(url(till)))
    receiver.answers.append(503)
    say(store, 3)
    settle()
    push_due()
    page = read(desk.get(url(till)))
    assert "Still to come 3 events, the oldest of" in page
    assert "did not arrive once" in page
    assert "503 It did not take the event." in page
    assert "Try again now" in page


@pushes
def test_very_many_are_not_counted(desk, store, till, receiver):
    listening(till, receiver)
    say(store, 1001)
    assert "more than 1,000 events" in read(desk.get(url(till)))


@pushes
def test_one_that_stands_still_says_why(desk, store, till, receiver):
    listening(till, receiver)
    receiver.answers.append(410)
    say(store)
    settle()
    push_due()
    page = read(desk.get(url(till)))
    assert "it answered that it is gone for good" in page
    assert "Resume" in page


def test_it_speaks_indonesian(desk, till, receiver):
    listening(till, receiver)
    answer = desk.get(url(till), headers={"Accept-Language": "id"})
    assert answer.headers["Content-Language"] == "id"


def test_it_costs_the_same_however_many_stores_tokens_and_changes_there_are(desk, store, till, receiver, rani):
    listening(till, receiver)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(url(till))
        return len(asked)

    make_token(connection=till, by=rani)
    desk.get(url(till))
    once = cost()
    for n in range(20):
        make_token(connection=till, by=get_user_model().objects.create(email=f"p{n}@langkah.example"))
    assert cost() == once


# what its buttons do


def test_a_token_is_shown_once_and_opens_the_door_until_it_is_revoked(desk, till, rani):
    answer = press(desk, till, "token")
    assert answer.headers["Cache-Control"] == "no-store"
    (token,) = set(re.findall(r"lts_[\w-]{30,}", read(answer)))
    assert connection_of(token) == till
    page = read(desk.get(url(till)))
    assert token not in page
    assert token[:8] in page
    assert "This token opens nothing any more." in read(press(desk, till, "revoke", which=BearerToken.objects.get().pk))
    assert connection_of(token) is None
    assert {note.by for note in OutboxChange.objects.all()} == {rani}


@pytest.mark.parametrize("which", ["", "x", "-1", "9" * 30, "²", "99"])
def test_what_is_no_token_of_it_is_not_revoked(desk, till, which):
    make_token(connection=till)
    assert "Nothing has changed" in read(press(desk, till, "revoke", which=which))
    assert BearerToken.objects.valid().count() == 1


def test_an_address_is_given_changed_and_taken_away(desk, till, receiver):
    assert "Saved." in read(press(desk, till, "address", address=receiver.url))
    assert endpoint_of(till).stopped_at is None
    assert "Nothing has changed" in read(press(desk, till, "address", address=receiver.url))
    assert "Nothing is pushed any more." in read(press(desk, till, "address", address=""))
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://shop.example/", "https:// addresses only"),
        ("https://10.0.0.1/", "our own network"),
        ("shop.example", "not an address"),
        ("https://shop.example/" + "a" * 300, "at most 200"),
    ],
)
def test_an_address_we_never_send_to_is_refused_with_the_reason(desk, till, address, why):
    assert why in read(press(desk, till, "address", address=address))
    assert not Endpoint.objects.exists()


def test_it_is_paused_and_resumed(desk, till, receiver):
    listening(till, receiver)
    assert "Nothing is pushed until you resume it." in read(press(desk, till, "pause"))
    assert "somebody paused it" in read(desk.get(url(till)))
    assert "It goes on where it stopped." in read(press(desk, till, "resume"))
    assert endpoint_of(till).stopped_at is None


@pushes
def test_it_is_replayed_from_a_time_or_a_cursor_and_not_from_both_or_the_future(desk, store, till, receiver, rani):
    listening(till, receiver)
    wanted = say(store, 2)
    settle()
    push_due()
    an_hour_ago = (timezone.localtime() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert "hears everything since then again" in read(press(desk, till, "replay", moment=an_hour_ago))
    push_due()
    assert receiver.numbers == wanted * 2
    cursor = receiver.heard[0].told["cursor"]
    press(desk, till, "replay", cursor=cursor)
    push_due()
    assert receiver.numbers == wanted * 2 + wanted[1:]
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    for wrong in (
        {},
        {"moment": an_hour_ago, "cursor": cursor},
        {"moment": tomorrow},
        {"cursor": "no"},
        {"moment": "x"},
    ):
        page = press(desk, till, "replay", **wrong).content.decode()
        assert "error-block" in page or "alert-danger" in page
    assert [note.by for note in OutboxChange.objects.filter(kind="replayed")] == [rani, rani]


def test_a_test_event_says_what_was_answered(desk, till, receiver):
    listening(till, receiver)
    assert "it answered 204" in read(press(desk, till, "test"))
    receiver.answers.append(404)
    assert "did not arrive. It did not take the event. (404)" in read(press(desk, till, "test"))


@pytest.mark.parametrize("action", ["resume", "replay", "test"])
def test_without_a_webhook_nothing_can_be_done_to_it(desk, till, action):
    page = read(press(desk, till, action, cursor="MC4w"))
    assert "It has no webhook." in page


def test_a_button_nobody_made_does_nothing(desk, till, receiver):
    listening(till, receiver)
    pause(connection=till)
    assert press(desk, till, "explode").status_code == 200
    assert endpoint_of(till).stopped_for == "person"
