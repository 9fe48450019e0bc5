"""Eight dispatchers for one person: the cap holds. The control shows that it is the person's row that does it."""

from datetime import timedelta

import pytest
from django.db.models import Count, Q

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys import caps, known
from omni_sync.messages.journeys import trigger as triggers
from omni_sync.messages.journeys.decide import decide_some
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message, Purpose
from tests.omni_sync.messages.journeys.conftest import NOON, facts, reader, scan_trigger, scanned
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
DISPATCHERS = 8
LATER = NOON + timedelta(hours=5)


@pytest.fixture(autouse=True)
def later(journey, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether a dispatcher keeps the person's row while it counts; all of them meet between counting and writing."""
    meeting = Meeting(DISPATCHERS, seconds=2.0)
    count = caps.cap_of

    def counted(roots, now):
        found = count(roots, now)
        meeting.wait()
        return found

    monkeypatch.setattr(known, "cap_of", counted)
    if not request.param:
        monkeypatch.setattr(caps, "take_turns", lambda _: None)
    return request.param


def test_eight_dispatchers_never_send_more_than_the_cap(guarded):
    person = reader()
    for n in range(DISPATCHERS):
        scanned(person, key=f"scan-{n}", at=NOON + timedelta(seconds=n))
    assert plan_follow_ups(now=LATER) == DISPATCHERS
    outcomes = at_once(*[lambda: decide_some(1)] * DISPATCHERS)
    assert failures(outcomes) == []
    decided = Message.objects.filter(person=person).count()
    assert (decided == 1) is guarded
    assert FollowUp.objects.filter(state="planned").count() == 0


def test_many_dispatchers_share_many_persons_without_a_deadlock():
    people = [reader(f"s{n}@example.com") for n in range(24)]
    for n, person in enumerate(people):
        for m in range(4):
            scanned(person, key=f"scan-{n}-{m}", at=NOON + timedelta(seconds=(n * 7 + m * 31) % 97))
    plan_follow_ups(now=LATER)

    def dispatch():
        while decide_some(5):
            pass
        send_messages()

    assert failures(at_once(*[dispatch] * DISPATCHERS)) == []
    sent = Count("message", filter=Q(message__state="sent"))
    counts = FollowUp.objects.values("person").annotate(sent=sent).values_list("sent", flat=True)
    assert list(counts) == [1] * len(people)


def test_many_dispatchers_decide_around_what_fails_without_a_deadlock():
    def stumbles(rows):
        if any(row.occurrence.endswith("-3") for row in rows):
            raise ZeroDivisionError
        return facts(rows)

    triggers.TRIGGERS["test_news"] = scan_trigger(facts=stumbles, purpose=Purpose.SERVICE)
    people = [reader(f"s{n}@example.com") for n in range(12)]
    for n, person in enumerate(people):
        for m in range(4):
            scanned(person, key=f"scan-{n}-{m}", at=NOON + timedelta(seconds=(n * 7 + m * 31) % 97))
    plan_follow_ups(now=LATER)

    def dispatch():
        while decide_some(6):
            pass

    assert failures(at_once(*[dispatch] * DISPATCHERS)) == []
    assert Message.objects.count() == 36
    assert set(FollowUp.objects.filter(state="planned").values_list("said__tries", flat=True)) == {1}


def test_many_planners_plan_each_once():
    for n in range(40):
        scanned(reader(f"s{n}@example.com"), key=f"scan-{n}")
    outcomes = at_once(*[lambda: plan_follow_ups(now=LATER)] * DISPATCHERS)
    assert failures(outcomes) == []
    assert sum(outcomes) == FollowUp.objects.count() == 40
