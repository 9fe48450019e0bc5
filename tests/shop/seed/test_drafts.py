"""The demo's marketer has begun to write."""

from datetime import timedelta

import pytest

from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.wording.models import Wording
from shop.seed import drafts

pytestmark = pytest.mark.django_db


def test_a_draft_in_both_languages_is_written_once_and_sent_to_nobody():
    Journey.objects.filter(name=drafts.JOURNEY).delete()
    assert drafts.are_written()
    journey = Journey.objects.create(name=drafts.JOURNEY, trigger=drafts.JOURNEY)
    Step.objects.create(journey=journey, number=1, wait=timedelta(hours=4), channels=["push", "email"])
    assert not drafts.are_written()
    drafts.write()
    assert drafts.are_written()
    assert set(Wording.objects.values_list("language", "live")) == {("en", None), ("id", None)}
