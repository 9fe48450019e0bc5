"""Shoppers hear of their pickups: each news once, however it came about and however often it is asked for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from instore.pickup.cancel import cancel
from instore.pickup.code import token_of
from instore.pickup.exceptions import WrongState
from instore.pickup.expire import expire_overdue
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, ShortReason, State
from instore.pickup.notices import Notice, notify, remind
from instore.pickup.pick import mark_picked, mark_short
from instore.pickup.ready import mark_ready
from instore.pickup.tasks import remind_of_pickups
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.oscar.models import Order
from tests.instore.pickup.conftest import RINA, bring, let_time_pass, line_of, to_picking, to_ready
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop_address(settings):
    settings.BASE_URL = "https://shop.example"


@pytest.fixture
def pickup(shop, collected, monkeypatch):
    """One whose shopper left an address."""
    from instore.pickup import place

    known = place.asked_for

    def with_address(order, said):
        return known(order, {**said, "email": "dewi@example.com", "name": "Dewi Ayu"})

    monkeypatch.setattr("instore.pickup.receivers.asked_for", with_address)
    type(shop.store).objects.update(street="Jalan Cikini 1")
    return collected(shop.store, (shop.tee, 2), (shop.hat, 1)).pickup


def said(pickup):
    """The kinds of what was said of it, in the order it was."""
    keys = Message.objects.filter(key__startswith=f"pickup-{pickup.pk}-").order_by("pk")
    assert all(message.kind == f"pickup_{message.key.split('-')[-1]}" for message in keys)
    return [message.key.split("-")[-1] for message in keys]


def letter_of(pickup, notice):
    """What Dewi reads."""
    Message.objects.exclude(key=f"pickup-{pickup.pk}-{notice}").update(next_try_at=timezone.now() + timedelta(days=1))
    send_messages()
    (letter,) = mail.outbox
    assert letter.to == ["dewi@example.com"]
    return letter


def wait_until(pickup, left):
    """``left`` before its deadline."""
    pickup.refresh_from_db()
    return pickup.deadline - left


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.PLACED, ["placed"]),
        (State.PICKING, ["placed"]),
        (State.READY, ["placed", "ready"]),
        (State.COLLECTED, ["placed", "ready"]),
        (State.CANCELLED, ["placed", "cancelled"]),
        (State.EXPIRED, ["placed", "ready", "expired"]),
        (State.PUT_BACK, ["placed", "ready", "expired"]),
    ],
)
def test_every_change_that_concerns_the_shopper_is_told(pickup, state, words):
    bring(pickup, state)
    assert said(pickup) == words


def test_who_cancels_in_the_dashboard_tells_the_shopper_too(pickup):
    order = Order.objects.get(pk=pickup.pk)
    order.status = "Pending"
    order.set_status("Cancelled")
    assert said(pickup) == ["placed", "cancelled"]


def test_who_left_no_address_is_told_nothing(shop, collected):
    pickup = collected(shop.store, (shop.tee, 1)).pickup
    assert pickup.email == ""
    bring(pickup, State.PUT_BACK)
    assert not Message.objects.exists()


def test_the_first_letter_says_what_is_put_aside_and_where(pickup):
    letter = letter_of(pickup, Notice.PLACED)
    assert letter.subject == f"We put it aside for you at Menteng: order {pickup.order.number}"
    assert "Hello Dewi Ayu," in letter.body
    assert "2 \N{MULTIPLICATION SIGN} Tee" in letter.body
    assert "To pay in the store: Rp447,000" in letter.body
    assert "Jalan Cikini 1" in letter.body
    assert f"{timezone.localtime(pickup.promised_at):%H:%M}" in letter.body


def test_the_link_of_a_letter_opens_the_page(pickup, clean_cache):
    bring(pickup, State.READY)
    letter = letter_of(pickup, Notice.READY)
    address = f"https://shop.example/collect/{token_of(pickup)}/"
    assert address in letter.body
    assert f'href="{address}"' in letter.alternatives[0][0]
    assert Client().get(address.removeprefix("https://shop.example")).status_code == 200


@pytest.mark.parametrize("notice", list(Notice))
def test_every_letter_can_be_read_in_both_languages(pickup, notice):
    for language, hello in (("en", "Hello Dewi Ayu,"), ("id", "Halo Dewi Ayu,")):
        mail.outbox.clear()
        Message.objects.all().delete()
        pickup.language = language
        with transaction.atomic():
            assert notify(pickup=pickup, notice=notice)
        letter = letter_of(pickup, notice)
        assert str(pickup.order.number) in letter.subject + letter.body
        assert hello in letter.body
        assert "Menteng" in letter.body
        for text in (letter.subject, letter.body, letter.alternatives[0][0]):
            assert "{{" not in text
            assert "&amp;#" not in text


def test_several_short_lines_are_one_letter(pickup):
    to_picking(pickup)
    for sku, found in (("tee", 1), ("hat", 0)):
        reason = ShortReason.NOT_FOUND
        mark_short(pickup_id=pickup.pk, line=line_of(pickup, sku).pk, found=found, reason=reason, by=RINA)
    mark_ready(pickup_id=pickup.pk, by=RINA)
    assert said(pickup) == ["placed", "short", "ready"]
    letter = letter_of(pickup, Notice.READY)
    assert "Tee (1 is not there)" in letter.body
    assert "Hat (not there)" in letter.body
    assert "Rp149,000" in letter.body


def test_a_short_line_is_told_when_it_is_found_missing(pickup):
    to_picking(pickup)
    mark_picked(pickup_id=pickup.pk, line=line_of(pickup, "hat").pk, quantity=1)
    line = line_of(pickup, "tee").pk
    mark_short(pickup_id=pickup.pk, line=line, found=1, reason=ShortReason.DAMAGED, by=RINA)
    letter = letter_of(pickup, Notice.SHORT)
    assert "Something is missing" in letter.subject
    assert "Tee (1 is not there)" in letter.body


# the clock


def test_a_bag_that_waits_is_spoken_of_a_day_and_some_hours_before_the_end(pickup):
    to_ready(pickup)
    for left, words in [
        (timedelta(hours=25), []),
        (timedelta(hours=24), ["reminder"]),
        (timedelta(hours=12), ["reminder"]),
        (timedelta(hours=3), ["reminder", "expiring"]),
        (timedelta(minutes=1), ["reminder", "expiring"]),
        (timedelta(0), ["reminder", "expiring"]),
    ]:
        remind(wait_until(pickup, left))
        assert said(pickup) == ["placed", "ready", *words]


def test_the_hours_are_the_shops_to_say(pickup, settings):
    settings.LINTAS_PICKUP_REMINDER_HOURS, settings.LINTAS_PICKUP_LAST_CALL_HOURS = 10, 1
    to_ready(pickup)
    assert remind(wait_until(pickup, timedelta(hours=11))) == 0
    assert remind(wait_until(pickup, timedelta(hours=9))) == 1
    assert remind(wait_until(pickup, timedelta(minutes=50))) == 1
    assert said(pickup)[2:] == ["reminder", "expiring"]


def test_a_reminder_that_is_late_is_left_out_for_the_last_word(pickup):
    to_ready(pickup)
    assert remind(wait_until(pickup, timedelta(hours=1))) == 1
    assert remind(wait_until(pickup, timedelta(hours=1))) == 0
    assert said(pickup)[2:] == ["expiring"]


def test_who_was_told_only_then_that_it_is_ready_needs_no_reminder(pickup):
    to_ready(pickup)
    now = timezone.now()
    Pickup.objects.update(ready_at=now, deadline=now + timedelta(hours=20))
    assert remind(now + timedelta(minutes=1)) == 0


@pytest.mark.parametrize("state", [State.PLACED, State.PICKING, State.COLLECTED, State.CANCELLED, State.EXPIRED])
def test_nobody_is_reminded_of_what_does_not_wait(pickup, state):
    bring(pickup, state)
    assert remind(wait_until(pickup, timedelta(hours=12))) == 0
    assert remind(wait_until(pickup, timedelta(hours=1))) == 0


def test_the_task_reminds_by_the_clock(pickup):
    to_ready(pickup)
    assert remind_of_pickups() == 0
    now = timezone.now()
    Pickup.objects.update(ready_at=now - timedelta(days=2), deadline=now + timedelta(hours=2))
    assert remind_of_pickups() == 1
    let_time_pass(pickup)
    assert (expire_overdue(), expire_overdue()) == (1, 0)
    assert said(pickup) == ["placed", "ready", "expiring", "expired"]


# once


def test_asked_again_nothing_is_said_again(pickup):
    to_ready(pickup)
    with pytest.raises(WrongState):
        mark_ready(pickup_id=pickup.pk, by=RINA)
    for notice in Notice:
        for _ in range(2):
            with transaction.atomic():
                notify(pickup=pickup, notice=notice)
    assert sorted(said(pickup)) == sorted(Notice.values)
    assert send_messages()[0] == len(Notice)
    assert send_messages()[0] == 0
    assert len(mail.outbox) == len(Notice)


@pytest.mark.django_db(transaction=True)
def test_concurrent_calls_say_it_once(pickup):
    to_ready(pickup)
    now = wait_until(pickup, timedelta(hours=12))

    def again():
        with transaction.atomic():
            return notify(pickup=Pickup.objects.get(), notice=Notice.READY)

    outcomes = at_once(*[again] * 4, *[lambda: remind(now)] * 4)
    assert failures(outcomes) == []
    assert sum(map(int, outcomes)) == 1
    assert said(pickup) == ["placed", "ready", "reminder"]
    assert failures(at_once(*[send_messages] * 4)) == []
    assert len(mail.outbox) == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_cancel_at_once_one_tells(pickup):
    outcomes = at_once(*[lambda: cancel(pickup_id=pickup.pk, by=RINA)] * 4)
    assert len(failures(outcomes)) == 3
    assert said(pickup) == ["placed", "cancelled"]


@pytest.mark.django_db(transaction=True)
def test_a_bag_that_is_handed_over_meanwhile_is_not_spoken_of(pickup):
    to_ready(pickup)
    now = wait_until(pickup, timedelta(hours=12))
    outcomes = at_once(lambda: hand_over(pickup_id=pickup.pk, by=RINA), *[lambda: remind(now)] * 3)
    assert failures(outcomes) == []
    assert said(pickup) in (["placed", "ready"], ["placed", "ready", "reminder"])
