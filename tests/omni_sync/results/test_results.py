"""Who is counted, when, and how often; and that nobody is told a verdict before its time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from omni_sync.messages.comparing.begin import begin, break_off, latest
from omni_sync.messages.comparing.exceptions import NothingToCompare, SameWords
from omni_sync.messages.comparing.groups import full_at
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.wording.models import Wording
from omni_sync.people.models import Consent, Person
from omni_sync.results.judge import judged
from omni_sync.results.read import groups_of
from omni_sync.results.words import in_words
from omni_sync.sales.models import Return, ReturnLine
from tests.factories import make_store
from tests.omni_sync.results.conftest import DAY, NOW, bought, decided, fill

pytestmark = pytest.mark.django_db
SINCE = NOW - 90 * DAY


def groups(step, since=SINCE, until=NOW):
    return groups_of(journey=step.journey_id, step=step.number, since=since, until=until, now=NOW)


def test_who_bought_within_seven_days_is_counted_held_out_or_not(step, partner):
    for group in ("a", "held_out"):
        bought(partner, decided(step, group))
        bought(partner, decided(step, group), at=NOW - 13 * DAY - timedelta(seconds=1))
        bought(partner, decided(step, group), at=NOW - 13 * DAY)  # seven days are over
        bought(partner, decided(step, group), at=NOW - 20 * DAY - timedelta(seconds=1))  # before
        decided(step, group)
    found = groups(step)
    assert {name: (one.persons, one.buyers) for name, one in found.items()} == {"a": (5, 2), "held_out": (5, 2)}
    assert found["held_out"].money == {"IDR": (Decimal(200000), Decimal(20000000000))}


def test_a_person_is_counted_once_from_the_first_time_on(step, partner):
    person = decided(step)
    decided(step, person=person, at=NOW - 12 * DAY)
    merged = Person.objects.create(merged_into=person)
    decided(step, person=merged, at=NOW - 11 * DAY)
    bought(partner, person)
    bought(partner, merged, "50000")
    bought(partner, person, at=NOW - 10 * DAY)  # after the first seven days
    found = groups(step)["a"]
    assert (found.persons, found.buyers) == (1, 1)
    assert found.money == {"IDR": (Decimal(150000), Decimal(150000) ** 2)}


def test_who_bought_in_two_currencies_is_one_buyer_and_nothing_is_added(step, partner):
    person = decided(step)
    bought(partner, person, "100000")
    bought(partner, person, "20", currency="USD")
    found = groups(step)["a"]
    assert (found.persons, found.buyers) == (1, 1)
    assert {currency: total for currency, (total, _) in found.money.items()} == {"IDR": 100000, "USD": 20}


def test_what_was_voided_was_not_bought(step, partner):
    bought(partner, decided(step), voided_at=NOW)
    assert groups(step)["a"].buyers == 0


def test_goods_for_goods_are_bought_for_what_they_cost_more(step, partner):
    """Another size is no purchase; an exchange of another shop of the same name is another."""
    for total in ("100000", "130000"):
        name = f"X{total}"
        bought(partner, decided(step), total, exchange=name)
        for store in (partner, make_store(f"dago-{total}")):
            back = Return.objects.create(
                source="till", store=store, number=name, occurred_at=NOW, currency="IDR", exchange=name
            )
            ReturnLine.objects.create(sale_return=back, line="1", quantity=1, amount=100000, restock=True)
    bought(partner, decided(step), "50000", exchange="of which nothing came back yet")
    found = groups(step)["a"]
    assert (found.persons, found.buyers, found.money["IDR"][0]) == (3, 2, 80000)


def test_whose_seven_days_go_on_is_not_counted_yet(step, partner):
    bought(partner, decided(step, at=NOW - 6 * DAY), at=NOW - 5 * DAY)
    found = groups(step)["a"]
    assert (found.persons, found.waiting, found.buyers, found.money) == (0, 1, 0, {})


def test_a_message_that_was_stopped_at_the_last_moment_counts_as_decided(step, partner):
    bought(partner, decided(step, state="stopped"))
    found = groups(step)["a"]
    assert (found.persons, found.sent, found.buyers) == (1, 0, 1)


def test_what_became_of_messages_is_told(step):
    person = decided(step, status="delivered")
    decided(step, status="read")
    decided(step)
    Consent.objects.create(
        person=person, channel="email", purpose="marketing", state="withdrawn", source="unsubscribe",
        at=NOW - 19 * DAY, is_claim=False, recorded_at=NOW - 19 * DAY, wording="x", wording_hash="x" * 64,
    )  # fmt: skip
    found = groups(step)["a"]
    assert (found.sent, found.arrived, found.read, found.left) == (3, 2, 1, 1)


def test_other_steps_are_others(step):
    other = Step.objects.create(journey=step.journey, number=2, wait=DAY, channels=["email"])
    decided(other)
    assert groups(step) == {}


# Verdicts


def a_test(step, **fields):
    usual = {"step": step, "groups": ["a", "held_out"], "started_at": NOW - 60 * DAY, "per_group": 3}
    return Comparison.objects.create(**{**usual, **fields})


def judge(step, now=NOW):
    return judged(step=step, comparison=latest(step.pk), since=SINCE, now=now)


def test_before_its_end_there_is_an_interval_and_no_verdict(step, partner):
    a_test(step, per_group=4)
    fill(step, partner)
    found = judge(step)
    (said,) = [in_words(one, found) for one in found.questions]
    assert "not enough to tell" in said["known"]
    assert (found.is_ripe, found.least, said["verdict"]) == (False, 3, "")


def test_the_verdict_comes_when_the_last_ones_seven_days_are_over(step, partner):
    a_test(step)
    fill(step, partner)
    full = NOW - 20 * DAY + timedelta(minutes=2)
    assert full_at(latest(step.pk), NOW) == full
    assert not judge(step, now=full + 7 * DAY - timedelta(seconds=1)).is_ripe
    found = judge(step, now=full + 7 * DAY)
    assert found.is_ripe
    assert in_words(found.questions[0], found)["verdict"].startswith("No difference was seen.")


def test_whoever_comes_after_the_end_changes_nothing(step, partner):
    a_test(step)
    fill(step, partner)
    before = judge(step).groups
    for _ in range(5):
        bought(partner, decided(step, at=NOW - 15 * DAY), at=NOW - 14 * DAY)
    assert judge(step).groups == before


def test_a_day_that_was_settled_is_an_end(step, partner):
    a_test(step, per_group=None, ends_at=NOW - 10 * DAY)
    fill(step, partner)
    assert not judge(step, now=NOW - 10 * DAY - timedelta(seconds=1)).full
    assert not judge(step, now=NOW - 4 * DAY).is_ripe
    assert judge(step).is_ripe


def test_a_clear_difference_is_said(step, partner):
    a_test(step, per_group=40)
    fill(step, partner, a=40, held=40, buyers=2)
    for person in Person.objects.filter(follow_ups__variant="a", follow_ups__message__isnull=False)[5:35]:
        bought(partner, person)
    found = judge(step)
    said = in_words(found.questions[0], found)
    assert said["verdict"] == "The messages work: more people bought."
    assert found.earned[0].low > 0


def test_a_test_that_was_broken_off_has_no_verdict(step, partner):
    a_test(step, per_group=4, groups=["a", "held_out"])
    fill(step, partner)
    with transaction.atomic():
        assert break_off(step_id=step.pk, why=Comparison.Why.WORDS)
        assert not break_off(step_id=step.pk, why=Comparison.Why.STOPPED)
    assert not judge(step, now=NOW + 90 * DAY).is_ripe
    assert latest(step.pk).why == "words"


def test_a_test_whose_end_has_come_is_not_broken_off(step, partner):
    a_test(step)
    fill(step, partner)
    with transaction.atomic():
        assert not break_off(step_id=step.pk, why=Comparison.Why.WORDS)
    assert judge(step).is_ripe


def test_without_a_test_nothing_is_decided(step, partner):
    fill(step, partner)
    found = judge(step)
    assert found.comparison is None
    assert not found.is_ripe


def test_without_a_hold_out_nothing_was_measured(step, partner):
    bought(partner, decided(step))
    found = judge(step)
    assert found.earned is None
    assert found.questions == []


def test_there_must_be_something_to_compare(step):
    Journey.objects.update(hold_out=0)
    with pytest.raises(NothingToCompare):
        begin(step=step, by=None, base=Decimal(5), effect=30)
    Step.objects.update(variants=2)
    goes_live(step, "a")
    found = begin(step=step, by=None, base=Decimal(5), effect=30)
    assert (found.groups, found.per_group, found.ends_at) == (["a", "b"], 3780, None)


def goes_live(step, variant, title="News", text="Look.", *, channel="email", languages=("en", "id")):
    for language in languages:
        place = {"step": step, "channel": channel, "language": language, "variant": variant}
        one, _ = Wording.objects.update_or_create(**place, defaults={"title": title, "text": text})
        number = one.versions.count() + 1
        Wording.objects.filter(pk=one.pk).update(live=one.versions.create(number=number, title=title, text=text))


@pytest.mark.parametrize("hold_out", [0, 10])
def test_two_versions_that_say_the_same_are_not_compared(step, hold_out):
    Journey.objects.update(hold_out=hold_out)
    Step.objects.update(variants=2, channels=["email", "sms"])
    refused(step)  # both say the shop's own words
    goes_live(step, "a")
    goes_live(step, "b", title=" News", text="Look.\n")
    goes_live(step, "b", text="By a way that it does not go", channel="push")
    goes_live(step, "a", "A title that no SMS shows", channel="sms")
    goes_live(step, "b", "", channel="sms")
    Wording.objects.filter(variant="b", channel="email").update(text="A draft that nobody is sent")
    refused(step)
    goes_live(step, "b", text="Lihat.", languages=("id",))
    assert begin(step=step, by=None, base=Decimal(5), effect=30).groups[:2] == ["a", "b"]


def refused(step):
    with pytest.raises(SameWords):
        begin(step=step, by=None, base=Decimal(5), effect=30)
    assert latest(step.pk) is None


def test_a_test_has_an_end_settled_before_it_begins(step):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_test(step, per_group=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_test(step, ends_at=NOW)
