"""Eight marketers write over the same words at once: one does, the others are told. The control loses seven texts."""

from datetime import timedelta

import pytest

from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.wording.models import Wording
from omni_sync.messages.wording.write import write_draft
from tests.stress.crowd import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8
together = Meeting(WRITERS)


def careless(*, wording, revision, by):
    """Looks, and writes."""
    if Wording.objects.get(pk=wording.pk).revision != revision:
        raise Stale(0)
    together.wait()
    Wording.objects.filter(pk=wording.pk).update(title=wording.title, revision=revision + 1)


@pytest.mark.parametrize("write", [write_draft, careless], ids=["guarded", "control"])
def test_of_many_writers_one_is_kept_and_the_others_are_told(write):
    journey = Journey.objects.create(name="test_races", trigger="test_races")
    step = Step.objects.create(journey=journey, number=1, wait=timedelta(hours=1), channels=["sms"])
    place = {"step": step, "channel": "sms", "language": "en", "variant": "a", "text": "x"}
    kept = write_draft(wording=Wording(**place), revision=0, by=None)

    def writer(n):
        mine = Wording(pk=kept.pk, title=f"Text {n}", **place)
        return lambda: write(wording=mine, revision=1, by=None) and None

    outcomes = at_once(*(writer(n) for n in range(WRITERS)))
    told = [one for one in outcomes if isinstance(one, Stale)]
    assert (len(told) == WRITERS - 1) is (write is write_draft)
