"""Who is compared, who is counted, and what one follow-up that can't be decided does to the others: nothing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omni_sync.messages.comparing.groups import between, full_at
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys import trigger as triggers
from omni_sync.messages.journeys.broken import PAUSES
from omni_sync.messages.journeys.compared import is_held_out, version_of
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.explain import explained
from omni_sync.messages.journeys.models import FollowUp, Journey, Step
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.models import Purpose
from omni_sync.people.models import Person
from tests.omni_sync.messages.journeys.conftest import NOON, reader, scan_trigger, scanned, the_follow_up, why

pytestmark = pytest.mark.django_db
FIVE, MINUTE, DAY = timedelta(hours=5), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(journey, monkeypatch):
    """Sets the clock; it is five in the afternoon in Jakarta, five hours after the scan."""

    def at(now):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        return now

    at(NOON + FIVE)
    return at


def follow(now=NOON + FIVE):
    plan_follow_ups(now=now)
    decide_follow_ups()


def tells(**fields):
    """The journey's trigger is another from now on."""
    triggers.TRIGGERS["test_news"] = scan_trigger(**fields)


def something(row):
    return {"what": "a bag", "link": "https://shop.example/bag/"}


def stumbles_over(*occurrences):
    """Facts that fail where one of these is among them."""

    def facts(rows):
        if any(row.occurrence in occurrences for row in rows):
            raise ZeroDivisionError
        return {row.pk: something(row) for row in rows}

    return facts


def held_out_person(journey, *, percent, is_held=True):
    """Somebody who is held out, or is not."""
    for n in range(200):
        person = reader(f"h{n}@example.com")
        if is_held_out(journey.pk, person.pk, percent) is is_held:
            return person
    raise AssertionError


def test_what_is_refused_takes_no_turn_of_the_cap():
    tells(facts=lambda rows: {row.pk: something(row) for row in rows if row.occurrence != "scan-1"})
    person = reader()
    scanned(person)
    scanned(person, key="scan-2", at=NOON + MINUTE)
    follow()
    assert why() == [("sent", ""), ("stopped", "gone")]
    assert FollowUp.objects.get(state="sent").said["cap"] == [0, 1]


def test_of_whom_nothing_could_be_said_nobody_is_held_out():
    tells(facts=lambda _: {})
    Journey.objects.update(hold_out=50)
    for n in range(24):
        scanned(reader(f"s{n}@example.com"), key=f"scan-{n}")
    follow()
    assert set(why()) == {("stopped", "gone")}


def test_who_is_held_out_is_counted_as_often_as_they_would_have_heard(journey, clock):
    """The second of a week would have been one too many; they are told the truth, and counted once."""
    Journey.objects.update(hold_out=50)
    person = held_out_person(journey, percent=50)
    scanned(person)
    scanned(person, key="scan-2", at=NOON + MINUTE)
    follow()
    clock(NOON + DAY + FIVE)
    scanned(person, key="scan-3", at=NOON + DAY)
    follow(NOON + DAY + FIVE)
    rows = FollowUp.objects.order_by("pk").select_related("journey", "message")
    assert [row.why for row in rows] == ["held_out", "cap", "cap"]
    for one in explained(rows, to_the_person=True):
        assert "a small group that gets no messages of this kind" in one.text
        assert "heard enough" not in one.text
    clock(NOON + 8 * DAY)
    scanned(person, key="scan-4", at=NOON + 8 * DAY - FIVE)
    follow(NOON + 8 * DAY)
    assert FollowUp.objects.get(occurrence="scan-4").why == "held_out"


def test_the_turns_of_who_is_held_out_are_the_humans_not_the_rows(journey):
    Journey.objects.update(hold_out=50)
    person = held_out_person(journey, percent=50)
    scanned(person)
    scanned(Person.objects.create(merged_into=person), key="scan-2", at=NOON + MINUTE)
    follow()
    assert why() == [("stopped", "cap"), ("stopped", "held_out")]


def test_of_service_everybody_held_out_is_counted_every_time(journey):
    tells(purpose=Purpose.SERVICE)
    Journey.objects.update(hold_out=50)
    person = held_out_person(journey, percent=50)
    scanned(person)
    scanned(person, key="scan-2", at=NOON + MINUTE)
    follow()
    assert why() == [("stopped", "held_out")] * 2


def test_the_version_is_the_one_of_the_step_as_it_is_when_it_is_decided(clock):
    """Planned in the evening, while there was one version; a test of two runs by the morning."""
    night, morning = NOON + timedelta(hours=9, minutes=5), NOON + timedelta(hours=21, minutes=1)
    people = [reader(f"s{n}@example.com") for n in range(24)]
    for n, person in enumerate(people):
        scanned(person, key=f"scan-{n}", at=NOON + FIVE)
    follow(clock(night))
    Step.objects.update(variants=2)
    step = Step.objects.get()
    begun = Comparison.objects.create(step=step, groups=["a", "b"], started_at=night, per_group=3)
    clock(morning)
    decide_follow_ups()
    said = dict(FollowUp.objects.values_list("person", "variant"))
    assert said == {person.pk: version_of(step, person.pk) for person in people}
    assert set(said.values()) == {"a", "b"}
    assert full_at(begun, morning) is not None
    assert between(begun, morning)["since"] == night


def test_nobody_gets_a_second_version_after_the_step_is_back_to_one(clock):
    Step.objects.update(variants=2)
    for n in range(12):
        scanned(reader(f"s{n}@example.com"), key=f"scan-{n}")
    plan_follow_ups(now=NOON + FIVE)
    FollowUp.objects.update(variant="b")  # as it was once written down when it was planned
    Step.objects.update(variants=1)
    decide_follow_ups()
    assert set(FollowUp.objects.values_list("variant", flat=True)) == {"a"}


def test_one_that_cannot_be_decided_keeps_no_other_waiting():
    tells(facts=stumbles_over("scan-4", "scan-9"))
    for n in range(12):
        scanned(reader(f"s{n}@example.com"), key=f"scan-{n}")
    follow()
    assert dict(FollowUp.objects.exclude(state="sent").values_list("occurrence", "state")) == {
        "scan-4": "planned", "scan-9": "planned",
    }  # fmt: skip
    assert send_messages()[0] == len(mail.outbox) == 10


def test_a_statement_that_fails_is_undone_alone():
    def facts(rows):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 / min(length(o) - 6) FROM unnest(%s::text[]) o", [[row.occurrence for row in rows]]
            )
        return {row.pk: something(row) for row in rows}

    tells(facts=facts)
    for key in ("scan-77", "scan-8", "scan-99"):  # of the second it is divided by nothing
        scanned(reader(f"{key}@example.com"), key=key)
    follow()
    assert dict(FollowUp.objects.values_list("occurrence", "state")) == {
        "scan-77": "sent", "scan-8": "planned", "scan-99": "sent",
    }  # fmt: skip


def test_fifty_cost_as_many_queries_as_one():
    Journey.objects.update(hold_out=50)
    Step.objects.update(variants=2)
    few, many = [], []
    for costs, people in ((few, 8), (many, 50)):
        for n in range(people):
            scanned(reader(f"{people}-{n}@example.com"), key=f"scan-{people}-{n}")
        plan_follow_ups(now=NOON + FIVE)
        with CaptureQueriesContext(connection) as captured:
            decide_follow_ups()
        costs.append(len(captured))
        assert {row.why for row in FollowUp.objects.all()} == {"", "held_out"}
    assert many == few


def test_a_trigger_that_fails_keeps_no_other_journey_waiting():
    triggers.TRIGGERS["other_news"] = scan_trigger(name="other_news", facts=lambda _: 1 / 0, purpose=Purpose.SERVICE)
    make_usual_journeys()
    Journey.objects.update(on_since=NOON - 400 * DAY)
    scanned(reader())
    follow()
    assert set(FollowUp.objects.values_list("journey__trigger", "state")) == {
        ("test_news", "sent"), ("other_news", "planned"),
    }  # fmt: skip


def test_it_is_tried_again_later_and_later_and_then_staff_read_that_it_failed(clock, settings):
    settings.LINTAS_QUIET_HOURS = ("00:00", "00:00")
    tells(facts=stumbles_over("scan-1"))
    scanned(reader())
    follow()
    at = NOON + FIVE
    for tries, pause in enumerate(PAUSES, start=1):
        row = the_follow_up()
        assert (row.state, row.said["tries"], row.due_at) == ("planned", tries, at + pause)
        (told,) = explained([row], to_the_person=False)
        assert "could not be made" in told.text
        at = clock(row.due_at)
        decide_follow_ups()
    assert why() == [("stopped", "late")]
    row = the_follow_up()
    assert row.said["failure"] == "ZeroDivisionError"
    (told,) = explained([row], to_the_person=False)
    assert "could not be made, 6 times so far: the log says why" in told.text
    (told,) = explained([row], to_the_person=True)
    assert told.text == "Not sent: it would have come too late."


def test_a_night_of_waiting_does_not_begin_the_count_again(clock):
    tells(facts=stumbles_over("scan-1"))
    scanned(reader(), at=NOON + timedelta(hours=3, minutes=50))
    follow(clock(NOON + timedelta(hours=7, minutes=50)))  # ten minutes before eight
    for minutes in (56, 100):
        clock(NOON + timedelta(hours=7, minutes=minutes))
        decide_follow_ups()
    assert the_follow_up().said["tries"] == 2
    assert "quiet_until" in the_follow_up().said
    clock(the_follow_up().due_at)
    decide_follow_ups()
    assert the_follow_up().said["tries"] == 3


def test_what_is_mended_goes(clock):
    tells(facts=stumbles_over("scan-1"))
    scanned(reader())
    follow()
    tells()
    clock(NOON + FIVE + PAUSES[0])
    decide_follow_ups()
    assert why() == [("sent", "")]
    assert "tries" not in the_follow_up().said


def test_a_step_that_cannot_be_planned_keeps_no_other_waiting():
    bad = ("SELECT 1 AS person_id, '' AS occurrence, now() AS occurred_at, 'x'::jsonb AS facts", {})
    triggers.TRIGGERS["bad_news"] = scan_trigger(name="bad_news", find=lambda *_: bad)
    make_usual_journeys()
    Journey.objects.update(on_since=NOON - 400 * DAY)
    scanned(reader())
    assert plan_follow_ups(now=NOON + FIVE) == 1
