"""The journey of ``test_news``, and a marketer who may write for it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from omni_sync.messages.journeys import trigger as triggers
from omni_sync.messages.journeys.models import Step
from omni_sync.messages.wording.live import go_live
from omni_sync.messages.wording.models import Wording
from omni_sync.messages.wording.write import write_draft
from tests.omni_sync.messages.journeys.conftest import journey  # noqa: F401 - a fixture

RIGHTS = ("view_journey", "change_journey", "change_wording", "publish_wording")


@pytest.fixture
def step(journey, monkeypatch):  # noqa: F811
    for module in ("wording.placeholders", "wording.preview", "journeys.models", "journeys.office.views"):
        monkeypatch.setattr(f"omni_sync.messages.{module}.TRIGGERS", triggers.TRIGGERS)
    return Step.objects.select_related("journey").get(journey=journey)


@pytest.fixture
def rani(db):
    """A marketer of the shop's staff."""
    return marketer(*RIGHTS)


def marketer(*rights, email="rani@langkah.example"):
    user = get_user_model().objects.create(email=email, first_name="Rani", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return user


def draft(step, language, title="News", text="Look: {what}\n\n{link}", *, channel="email", variant="a", by=None):
    """Keep it, whatever was there."""
    place = {"step": step, "channel": channel, "language": language, "variant": variant}
    old = Wording.objects.filter(**place).first()
    wording = Wording(pk=old and old.pk, **place, title=title, text=text)
    return write_draft(wording=wording, revision=old.revision if old else 0, by=by)


def put_live(step, *, channel="email", variant="a", by=None):
    """The drafts as they stand."""
    rows = Wording.objects.filter(step=step, channel=channel, variant=variant)
    revisions = dict(rows.values_list("language", "revision"))
    return go_live(step=step, channel=channel, variant=variant, revisions=revisions, by=by)


def live(step, title="News", text="Look: {what}\n\n{link}", **place):
    """The same words in both languages, live."""
    for language in ("en", "id"):
        draft(step, language, title, text, **place)
    return put_live(step, **place)
