"""What a webhook's receiver hears: signed, once, in order."""

import pytest

from omni_sync.pos.secrets import new_secret, seal, secrets_of
from tests.factories import make_connection, make_record, make_store, sale, tell_all
from tests.omni_sync.pos.outbox.push.pushed import push_all
from tests.omni_sync.pos.outbox.receiver import (
    Receiver,
    listening,
    say,
    settle,
    time_passes,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_happens_is_pushed_signed_once_and_in_order(store, endpoint, receiver):
    make_record(store, on_hand=9)
    tell_all(endpoint, sale(store, "R-1", {"TEE": 2}), sale(store, "R-2", {"TEE": 1}))
    pushed = push_all()
    assert pushed == len(receiver.heard) == len(set(receiver.numbers))
    assert receiver.types.count("sale.recorded") == 2
    assert all(one.is_signed_with(secrets_of(endpoint)[0]) for one in receiver.heard)
    assert not receiver.heard[0].is_signed_with(new_secret())
    last = [one.told for one in receiver.heard if one.told["type"] == "stock.changed"][-1]
    assert (last["data"]["on_hand"], last["store"]) == (6, "menteng")
    assert last["id"] in receiver.numbers
    assert push_all() == 0


def test_nothing_from_before_it_listened_and_nothing_of_other_stores_is_pushed(store, till, receiver):
    say(store, 3)
    settle()
    listening(till, receiver)
    wanted = say(store)
    say(make_store("dago"))
    push_all()
    assert receiver.numbers == wanted


def test_many_events_go_over_one_connection(store, endpoint, receiver):
    wanted = say(store, 250)
    assert push_all() == 250
    assert receiver.numbers == wanted
    assert len({one.line for one in receiver.heard}) == 1


def test_each_receiver_has_its_own_place(store, endpoint, receiver):
    other = make_connection(store, name="other-till")
    with Receiver(500) as second:
        listening(other, second)
        wanted = say(store, 3)
        push_all()
        assert (receiver.numbers, second.numbers) == (wanted, wanted[:1])
        time_passes(other)
        push_all()
        assert second.numbers == wanted[:1] + wanted
        assert receiver.numbers == wanted


def test_while_secrets_are_changed_it_is_signed_with_both(store, endpoint, receiver):
    old, new = secrets_of(endpoint)[0], new_secret()
    endpoint.secret = seal([new, old])
    endpoint.save()
    say(store)
    push_all()
    (heard,) = receiver.heard
    assert heard.is_signed_with(old)
    assert heard.is_signed_with(new)


def test_an_event_too_large_to_push_says_where_to_read_it(client, store, endpoint, receiver):
    from omni_sync.pos.outbox.tokens import make_token

    (number,) = say(store, text="x" * 30_000)
    push_all()
    (heard,) = receiver.heard
    assert len(heard.body) <= 20_000
    assert (heard.told["too_large"], heard.told["data"]) == (True, {})
    token = make_token(connection=endpoint)
    (event,) = client.get(heard.told["read_at"], headers={"Authorization": f"Bearer {token}"}).json()["events"]
    assert (event["id"], len(event["data"]["text"])) == (number, 30_000)
