"""What a marketer sees of what staff wrote to somebody: nothing; and an offer of it is one like any other."""

from datetime import timedelta

import pytest
from oscar.core.loading import get_model

from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp, OpenOffer, Step
from omni_sync.messages.models import Message
from omni_sync.messages.wording.preview import example_of, previewed
from omni_sync.messages.wording.trial import send_trial
from tests.instore.triggers.conftest import clock, goods, menteng, only
from tests.omni_sync.messages.wording.conftest import marketer
from tests.omni_sync.triggers.conftest import NOON, member, why

__all__ = ["clock", "goods", "menteng", "only"]
pytestmark = pytest.mark.django_db
PRIVATE = "Ibu, your results are here: call me, +62811"


@pytest.fixture
def step(only, clock):
    journey = only("staff_note")
    Step.objects.filter(journey=journey).update(channels=["email"])
    return Step.objects.select_related("journey", "offer").get(journey=journey)


def written(step, product=None, text=PRIVATE):
    facts = {"who": "Rina", "store": "Kemang", "text": text, "preset": "", "product": product and product.pk}
    number = str(FollowUp.objects.count())
    return FollowUp.objects.create(
        journey=step.journey, step=1, occurrence=number, person=member(f"s{number}@example.com"), occurred_at=NOON,
        due_at=NOON, facts=facts,
    )  # fmt: skip


def test_a_preview_shows_nothing_of_what_staff_wrote(step, goods):
    written(step, goods("Kebaya").product)
    facts = example_of(step, "en")
    shown = previewed(channel="email", kind="staff_note", language="en", facts=facts, draft=None).words
    for own in (PRIVATE, "Rina", "Kemang", "Kebaya"):
        assert own not in shown.subject + shown.text + shown.html + str(facts)
    assert shown.subject == "Dewi of Menteng writes to you"
    assert "It is here in your size now." in shown.text


def test_a_trial_tells_nothing_of_it_either(step):
    written(step)
    facts = example_of(step, "en")
    told = send_trial(by=marketer(), channel="email", kind="staff_note", language="en", facts=facts, draft=None).facts
    assert PRIVATE not in str(told)


def test_an_offer_of_what_staff_wrote_about_is_open(step, goods):
    times = {"start_datetime": NOON - timedelta(days=1), "end_datetime": NOON + timedelta(days=30)}
    Step.objects.update(offer=get_model("voucher", "Voucher").objects.create(name="Ten", code="TEN", **times))
    kebaya = goods("Kebaya").product
    written(step, kebaya)
    written(step)
    decide_follow_ups()
    assert why() == [("sent", "")] * 2
    assert OpenOffer.objects.get().product == kebaya
    assert {message.facts["product"] for message in Message.objects.all()} == {"Kebaya", ""}
