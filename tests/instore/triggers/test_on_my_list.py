"""News of what is on a list: never to more people than there are units, the oldest wish first, each once a spell."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omni_sync.lists.add import add_to_list
from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.drain import send_messages
from omni_sync.messages.exceptions import Reject, Unheard
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.notes import note_from
from omni_sync.messages.wording.placeholders import known_names
from omni_sync.oscar.models import ProductAlert, WishLine
from omni_sync.triggers.models import WatchedStock
from omni_sync.triggers.watch import watch
from tests.factories import make_connection, sale, tell_all
from tests.instore.triggers.conftest import calls_it_theirs, left
from tests.omni_sync.triggers.conftest import NOON, follow, joined, member, queries_of, why

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def journey(only, clock):
    return only("on_my_list")


@pytest.fixture
def tee(goods):
    return goods("Tee", on_hand=0)


@pytest.mark.parametrize(("language", "price"), [("en", "Rp349,000"), ("id", "Rp349.000")])
def test_the_example_of_a_price_is_written_as_its_language_does(language, price):
    with translation.override(language):
        assert known_names("on_my_list")["price"] == price


def wishes(person, record):
    add_to_list(user_id=person.user_id, product_id=record.product_id)
    calls_it_theirs(person, record.partner)
    return person


def back(record, units, clock):
    """It was gone for more than an hour, and so many are there now."""
    watch(now=NOON - 2 * HOUR)
    left(record, units)
    watch(now=NOON)
    return clock(NOON + MINUTE)


def the_facts():
    return next(iter(TRIGGERS["on_my_list"].facts(list(FollowUp.objects.all())).values()))


def test_it_is_said_once_that_it_is_back(tee, clock):
    wishes(member(), tee)
    soon = back(tee, 2, clock)
    assert [follow(soon), follow(soon + MINUTE)] == [1, 0]
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert letter.subject == "Tee is back"
    assert "Tee is back at Menteng." in letter.body
    assert "Only 2 left at Menteng." in letter.body
    note = note_from("on_my_list", the_facts())
    assert (note.title, note.text) == ("Back at your shop", "Tee: only 2 left at Menteng.")


def test_it_is_said_that_it_runs_low(goods, clock):
    record = goods("Tee", on_hand=9)
    wishes(member(), record)
    follow(back(record, 1, clock))
    assert not the_facts()["is_back"]
    assert send_messages()[0] == 1
    assert mail.outbox[0].subject == "Few left: Tee"


def test_few_that_are_many_by_then_are_no_news(goods, clock):
    record = goods("Tee", on_hand=9)
    wishes(member(), record)
    plan_follow_ups(now=back(record, 1, clock))
    left(record, 20)
    decide_follow_ups()
    assert why() == [("stopped", "gone")]


def test_the_oldest_wish_is_told_first_and_no_more_than_there_are_units(tee, clock):
    people = [wishes(member(f"s{n}@example.com"), tee) for n in range(4)]
    soon = back(tee, 2, clock)
    assert [follow(soon), follow(soon + MINUTE)] == [2, 0]
    assert set(FollowUp.objects.values_list("person", flat=True)) == {one.pk for one in people[:2]}


def test_who_takes_it_off_the_list_frees_nothing_that_was_told_already(tee, clock):
    for n in range(3):
        wishes(member(f"s{n}@example.com"), tee)
    soon = back(tee, 1, clock)
    follow(soon)
    send_messages()
    WishLine.objects.order_by("pk").first().delete()
    assert follow(soon + MINUTE) == 0
    left(tee, 2)
    assert follow(soon + 2 * MINUTE) == 1


def test_the_next_in_line_is_told_where_the_first_did_not_agree(tee, clock):
    wishes(member("first@example.com", agrees=False), tee)
    second = wishes(member("second@example.com"), tee)
    soon = back(tee, 1, clock)
    assert [follow(soon), follow(soon + MINUTE), follow(soon + 2 * MINUTE)] == [1, 1, 0]
    assert FollowUp.objects.get(state="sent").person == second


class Refuses(Email):
    """Takes nothing for the one who was first, or nobody knows whether it did."""

    answer: Exception = Reject("410")

    def send(self, parcel):
        if parcel.to == "first@example.com":
            raise self.answer
        return super().send(parcel)


@pytest.mark.parametrize(("answer", "heard"), [(Reject("410"), "second"), (Unheard("timeout"), "first")])
def test_the_next_in_line_is_told_where_the_first_never_heard(tee, clock, settings, monkeypatch, answer, heard):
    monkeypatch.setattr(Refuses, "answer", answer)
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Refuses"}
    for name in ("first", "second"):
        wishes(member(f"{name}@example.com"), tee)
    soon = back(tee, 1, clock)
    follow(soon)
    assert send_messages() == (0, True)
    follow(soon + MINUTE)
    send_messages()
    assert follow(soon + 2 * MINUTE) == 0
    assert [letter.to for letter in mail.outbox] == ([["second@example.com"]] if heard == "second" else [])
    assert FollowUp.objects.count() == (2 if heard == "second" else 1)


def test_who_asked_oscar_hears_from_oscar(tee, clock):
    person = wishes(member(), tee)
    ProductAlert.objects.create(product=tee.product, user=person.user, status=ProductAlert.ACTIVE)
    assert follow(back(tee, 1, clock)) == 0


def test_another_shop_is_not_theirs(tee, clock):
    person = member()
    add_to_list(user_id=person.user_id, product_id=tee.product_id)
    assert follow(back(tee, 1, clock)) == 0


@pytest.mark.parametrize("end", ["sold out", "off the list", "bought"])
def test_what_is_no_longer_so_when_its_turn_comes_is_not_sent(tee, menteng, clock, end):
    person = wishes(member(loyalty="L-1"), tee)
    follow(back(tee, 5, clock))
    if end == "sold out":
        left(tee, 0)
    elif end == "off the list":
        WishLine.objects.all().delete()
    else:
        till = make_connection(menteng, name="till")
        tell_all(till, sale(menteng, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}, at=NOON + MINUTE))
        joined(person)
    assert send_messages() == (0, True)
    assert why() == [("stopped", "gone")]


def test_when_fewer_are_left_at_the_decision_only_so_many_are_told(tee, clock):
    people = [wishes(member(f"s{n}@example.com"), tee) for n in range(3)]
    plan_follow_ups(now=back(tee, 3, clock))
    left(tee, 1)
    decide_follow_ups()
    assert why() == [("sent", ""), ("stopped", "gone"), ("stopped", "gone")]
    assert FollowUp.objects.get(state="sent").person == people[0]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=st.lists(st.integers(0, 4), min_size=1, max_size=5), leaves=st.lists(st.integers(0, 5), max_size=3))
def test_however_often_it_is_planned_never_more_are_told_than_there_ever_were(tee, clock, units, leaves):
    FollowUp.objects.all().delete()
    WishLine.objects.all().delete()
    WatchedStock.objects.all().delete()
    left(tee, 0)
    member.count = getattr(member, "count", 0) + 1
    people = [wishes(member(f"s{member.count}-{n}@example.com"), tee) for n in range(6)]
    soon = back(tee, units[0], clock)
    for n, left_now in enumerate(units):
        left(tee, left_now)
        follow(soon + n * MINUTE)
        for gone in leaves[n : n + 1]:
            WishLine.objects.filter(wishlist__owner=people[gone].user_id).delete()
        told = FollowUp.objects.filter(state="sent").count()
        assert told <= max(units[: n + 1])


def test_fifty_cost_as_many_queries_as_one(tee, clock):
    wishes(member("first@example.com"), tee)
    soon = back(tee, 60, clock)
    follow(soon)
    one = queries_of("on_my_list")
    for n in range(49):
        wishes(member(f"s{n}@example.com"), tee)
    follow(soon)
    assert FollowUp.objects.count() == 50
    assert queries_of("on_my_list") == one == 3
