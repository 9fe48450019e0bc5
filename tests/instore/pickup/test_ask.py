"""Goods are not there just now: the shopper is asked, and waits, or has the money back. Staff may be faster."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from instore.pickup import ask as asking
from instore.pickup import pick
from instore.pickup.ask import answer, ask
from instore.pickup.exceptions import (
    AlreadyAsked,
    LineSettled,
    NothingMissing,
    NotPicked,
    QuestionOver,
    UnknownLine,
    WrongState,
)  # fmt: skip
from instore.pickup.models import UNPACKED, Answer, Pickup, PickupLine, PickupStep, ShortReason, State
from instore.pickup.moves import By
from instore.pickup.pick import begin, mark_picked, mark_short
from instore.pickup.place import WEB
from instore.pickup.ready import mark_ready
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.stock.models import Hold
from tests.instore.pickup.conftest import RINA, assert_books_are_right, bring, levels, line_of, state_of, to_picking
from tests.instore.pickup.test_races import unlocked
from tests.stress.crowd import Pause, at_once, failures

pytestmark = pytest.mark.django_db
SHOPPER = By(place=WEB)
PROMISED = {"tee": (5, 2), "hat": (4, 1)}


def ask_of(pickup, sku="tee"):
    return ask(pickup_id=pickup.pk, line=line_of(pickup, sku).pk)


def say(pickup, said, sku="tee"):
    return answer(pickup_id=pickup.pk, line=line_of(pickup, sku).pk, said=said, by=SHOPPER)


def found_all(pickup, sku="tee"):
    line = line_of(pickup, sku)
    return mark_picked(pickup_id=pickup.pk, line=line.pk, quantity=line.quantity)


def stand_of(pickup, sku="tee"):
    """In the bag, why no more, what was answered."""
    line = line_of(pickup, sku)
    return line.picked, line.short_reason, line.answer


@pytest.fixture
def asked(pickup):
    """One of two tees is in the bag; the shopper was asked of the other."""
    to_picking(pickup)
    mark_picked(pickup_id=pickup.pk, line=line_of(pickup, "tee").pk, quantity=1)
    ask_of(pickup)
    return pickup


@pytest.mark.parametrize("start", list(State))
def test_only_of_a_bag_that_is_not_packed_anybody_is_asked(pickup, shop, start):
    bring(pickup, start)
    steps, before = pickup.steps.count(), levels(shop)
    if start in UNPACKED:
        assert ask_of(pickup).is_asked
        assert line_of(pickup, "tee").is_asked
    else:
        with pytest.raises(WrongState) as refused:
            ask_of(pickup)
        assert refused.value.state == start
        assert line_of(pickup, "tee").asked_at is None
    assert (state_of(pickup), pickup.steps.count(), levels(shop)) == (start, steps, before)
    assert_books_are_right()


@pytest.mark.parametrize("said", list(Answer))
@pytest.mark.parametrize("start", list(State))
def test_an_answer_counts_while_the_bag_is_not_packed(pickup, shop, start, said):
    bring(pickup, start)
    PickupLine.objects.update(asked_at=timezone.now())
    before = levels(shop)
    if start in UNPACKED:
        say(pickup, said)
        is_short = said == Answer.REFUND
        assert stand_of(pickup) == (0, "not_waited" if is_short else "", said)
        assert levels(shop) == ({**PROMISED, "tee": (5, 0)} if is_short else PROMISED)
    else:
        with pytest.raises(WrongState):
            say(pickup, said)
        assert line_of(pickup, "tee").answer == ""
        assert levels(shop) == before
    assert state_of(pickup) == start
    assert_books_are_right()


def test_who_waits_keeps_the_promise_and_nothing_is_settled(asked, shop):
    steps = asked.steps.count()
    say(asked, Answer.WAIT)
    assert (levels(shop), asked.steps.count()) == (PROMISED, steps)
    assert line_of(asked, "tee").is_waited_for
    found_all(asked, "hat")
    with pytest.raises(NotPicked):
        mark_ready(pickup_id=asked.pk, by=RINA)
    found_all(asked)
    assert mark_ready(pickup_id=asked.pk, by=RINA).state == State.READY


def test_who_does_not_wait_has_what_staff_would_have_said(asked, shop):
    say(asked, Answer.REFUND)
    assert stand_of(asked) == (1, "not_waited", "refund")
    assert levels(shop) == {**PROMISED, "tee": (5, 1)}
    assert set(Hold.objects.exclude(ended_at=None).values_list("quantity", "end_reason")) == {(1, "short")}
    step = asked.steps.latest("pk")
    assert (step.before, step.after, step.line, step.place) == ("picking", "picking", line_of(asked, "tee"), WEB)
    found_all(asked, "hat")
    assert mark_ready(pickup_id=asked.pk, by=RINA).state == State.READY
    assert_books_are_right()


def test_what_was_refunded_before_anybody_started_is_settled_for_who_does(pickup, shop):
    ask_of(pickup)
    say(pickup, Answer.REFUND)
    begin(pickup_id=pickup.pk, by=RINA)
    with pytest.raises(LineSettled):
        found_all(pickup)
    assert levels(shop) == {**PROMISED, "tee": (5, 0)}


@pytest.mark.parametrize("said", list(Answer))
@pytest.mark.parametrize("again", list(Answer))
def test_the_first_answer_counts(asked, said, again):
    say(asked, said)
    before, steps = stand_of(asked), asked.steps.count()
    with pytest.raises(LineSettled if said == Answer.REFUND else QuestionOver):
        say(asked, again)
    assert (stand_of(asked), asked.steps.count()) == (before, steps)


def test_nobody_answers_what_was_not_asked(asked):
    with pytest.raises(QuestionOver):
        say(asked, Answer.REFUND, "hat")
    assert stand_of(asked, "hat") == (0, "", "")


def test_a_question_ends_when_it_is_found_or_said_to_be_short(asked):
    found_all(asked)
    with pytest.raises(QuestionOver):
        say(asked, Answer.REFUND)
    assert stand_of(asked) == (2, "", "")
    with pytest.raises(NothingMissing):
        ask_of(asked)
    ask_of(asked, "hat")
    reason = ShortReason.SOLD
    mark_short(pickup_id=asked.pk, line=line_of(asked, "hat").pk, found=0, reason=reason, by=RINA)
    for late in (lambda: say(asked, Answer.WAIT, "hat"), lambda: ask_of(asked, "hat")):
        with pytest.raises(LineSettled):
            late()
    assert stand_of(asked, "hat") == (0, "sold", "")


def test_nobody_is_asked_twice_before_they_answer_but_who_waits_may_be(asked):
    first = line_of(asked, "tee").asked_at
    with pytest.raises(AlreadyAsked):
        ask_of(asked)
    assert line_of(asked, "tee").asked_at == first
    say(asked, Answer.WAIT)
    assert ask_of(asked).asked_at > first
    assert line_of(asked, "tee").is_asked
    say(asked, Answer.REFUND)
    assert stand_of(asked) == (1, "not_waited", "refund")


def test_a_line_of_another_pickup_is_unknown(asked, shop, collected):
    other = line_of(collected(shop.store, (shop.tee, 1)).pickup, "tee").pk
    with pytest.raises(UnknownLine):
        ask(pickup_id=asked.pk, line=other)
    with pytest.raises(UnknownLine):
        answer(pickup_id=asked.pk, line=other, said=Answer.WAIT, by=SHOPPER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "wait"},
        {"answered_at": timezone.now()},
        {"answer": "wait", "answered_at": timezone.now()},
        {"asked_at": timezone.now(), "answer": "wait"},
        {"asked_at": timezone.now(), "answered_at": timezone.now()},
        {"asked_at": timezone.now(), "answered_at": timezone.now(), "answer": "hm"},
    ],
)
def test_the_database_refuses_an_answer_to_no_question(pickup, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PickupLine.objects.filter(pk=line_of(pickup, "tee").pk).update(**wrong)


# the letter


def test_each_question_is_one_letter(asked):
    Pickup.objects.update(email="dewi@example.com")
    ask_of(asked, "hat")
    with pytest.raises(AlreadyAsked):
        ask_of(asked, "hat")
    assert Message.objects.filter(kind="pickup_asked").count() == 1
    say(asked, Answer.WAIT, "hat")
    ask_of(asked, "hat")
    assert Message.objects.filter(kind="pickup_asked").count() == 2
    say(asked, Answer.REFUND, "hat")
    assert send_messages()[0] == 3
    assert send_messages()[0] == 0
    assert [letter.subject.split(" order")[0] for letter in mail.outbox] == [
        "Will you wait? Something of your",
        "Will you wait? Something of your",
        "Something is missing from your",
    ]
    assert "Missing: 1 \N{MULTIPLICATION SIGN} Tee; 1 \N{MULTIPLICATION SIGN} Hat." in mail.outbox[0].body
    assert "leave it out and not pay for it?" in mail.outbox[0].body


# at once


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for the pickup."""
    if not request.param:
        for module in (asking, pick):
            monkeypatch.setattr(module, "take_turn", unlocked)
    return request.param


@pytest.mark.django_db(transaction=True)
def test_the_shopper_takes_the_money_while_the_associate_finds_it(asked, shop, guarded, monkeypatch):
    pause = Pause(seconds=1)
    monkeypatch.setattr(pick, "line_of", _after_its_first_look(pause, pick.line_of))

    def refund():
        assert pause.reached.wait(20)
        try:
            return say(asked, Answer.REFUND)
        finally:
            pause.over.set()

    outcomes = at_once(lambda: found_all(asked), refund)
    # Without the guard the shopper's money is on its way back, and the one who has it in their hand runs into a wall.
    (refused,) = failures(outcomes)
    assert type(refused) is (QuestionOver if guarded else IntegrityError)
    assert stand_of(asked) == ((2, "", "") if guarded else (1, "not_waited", "refund"))
    assert levels(shop)["tee"] == ((5, 2) if guarded else (5, 1))
    assert_books_are_right()


def _after_its_first_look(pause, look):
    def call(*args):
        seen = look(*args)
        if not pause.reached.is_set():
            pause.reached.set()
            pause.over.wait(pause.seconds)
        return seen

    return call


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_counts(asked, shop):
    outcomes = at_once(*[lambda: say(asked, Answer.REFUND)] * 3, *[lambda: say(asked, Answer.WAIT)] * 2)
    said = line_of(asked, "tee").answer
    lost = failures(outcomes)
    assert len(lost) == 4
    assert {type(one) for one in lost} <= {QuestionOver, LineSettled}
    is_short = said == Answer.REFUND
    assert levels(shop)["tee"] == ((5, 1) if is_short else (5, 2))
    assert PickupStep.objects.exclude(line=None).count() == is_short
    assert_books_are_right()


@pytest.mark.django_db(transaction=True)
def test_two_associates_ask_once(pickup):
    Pickup.objects.update(email="dewi@example.com")
    outcomes = at_once(*[lambda: ask_of(pickup)] * 3)
    assert [type(one) for one in failures(outcomes)] == [AlreadyAsked] * 2
    assert Message.objects.filter(kind="pickup_asked").count() == 1
