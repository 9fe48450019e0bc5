"""A marketer sees the shop's own words about something, before anybody was written to."""

import pytest
from django.conf import settings
from django.utils import translation

from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.letters import Letter
from omni_sync.messages.wording.placeholders import known_names
from omni_sync.messages.wording.preview import example_of, previewed

pytestmark = pytest.mark.django_db
ABOUT_GOODS = ["cart_left", "goes_with", "how_was_it", "kiosk_list_left"]


@pytest.fixture
def step():
    make_usual_journeys()
    assert not FollowUp.objects.exists()
    return lambda trigger: Journey.objects.get(trigger=trigger).steps.earliest("number")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("trigger", ABOUT_GOODS)
def test_own_words_name_the_example_in_every_channel(step, trigger, language):
    facts = example_of(step(trigger), language)
    with translation.override(language):
        what = known_names(trigger)["what"]
    for channel in step(trigger).channels:
        words = previewed(channel=channel, kind=trigger, language=language, facts=facts, draft=None).words
        assert words is None or what in words.text, channel
        if isinstance(words, Letter):
            assert what in words.html


def test_every_trigger_about_goods_is_tried():
    assert {name for name, one in TRIGGERS.items() if "goods" in one.shows} == set(ABOUT_GOODS)
