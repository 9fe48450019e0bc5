"""Words of messages in Wagtail: the same rows as in the dashboard, by the same rules."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.functional import SimpleLazyObject
from oscar.core.loading import get_class

from omni_sync.messages.journeys.models import Journey, Step
from omni_sync.messages.wording.models import Wording
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db
SearchForm = get_class("search.forms", "SearchForm")
WORDS = "/cms/snippets/omni_sync/wording/"
JOURNEYS = "/cms/snippets/omni_sync/journey/"


@pytest.fixture
def step():
    journey = Journey.objects.create(name="test_snippets", trigger="test_snippets")
    return Step.objects.create(journey=journey, number=1, wait=timedelta(hours=4), channels=["email"])


@pytest.fixture
def cms(client):
    client.force_login(get_user_model().objects.create_superuser(email="rani@langkah.example", password="x"))
    return client


def draft(step, title="News", text="Look: {what}", **own):
    place = {"step": step.pk, "channel": "email", "language": "en", "variant": "a"}
    return {**place, "title": title, "text": text, "seen": 0, **own}


def test_a_draft_is_made_and_changed(cms, step):
    assert cms.post(f"{WORDS}add/", draft(step)).status_code == 302
    kept = Wording.objects.get()
    assert (kept.title, kept.revision, kept.live, str(kept.changed_by)) == ("News", 1, None, "rani@langkah.example")
    page = cms.get(f"{WORDS}edit/{kept.pk}/").content.decode()
    assert f"/dashboard/lintas/journeys/{step.journey_id}/1/email/a/" in page
    assert cms.post(f"{WORDS}edit/{kept.pk}/", draft(step, "Newer", seen=1)).status_code == 302
    kept.refresh_from_db()
    assert (kept.title, kept.revision) == ("Newer", 2)


def test_the_same_check_refuses_what_could_not_be_sent(cms, step):
    page = read(cms.post(f"{WORDS}add/", draft(step, text="Dear {nmae}, https://evil.example/")))
    assert "nothing called {nmae}" in page
    assert "Links lead to this shop only" in page
    assert not Wording.objects.exists()


def test_whoever_read_an_older_one_is_told(cms, step):
    cms.post(f"{WORDS}add/", draft(step))
    kept = Wording.objects.get()
    cms.post(f"{WORDS}edit/{kept.pk}/", draft(step, "Theirs", seen=1))
    answer = cms.post(f"{WORDS}edit/{kept.pk}/", draft(step, "Mine", seen=1))
    assert "Somebody changed this meanwhile." in read(answer)
    assert 'value="Mine"' in answer.content.decode()
    assert 'name="seen" value="2"' in answer.content.decode()
    kept.refresh_from_db()
    assert kept.title == "Theirs"


def test_a_journey_is_switched_and_neither_made_nor_thrown_away(cms, step):
    page = f"{JOURNEYS}edit/{step.journey_id}/"
    assert cms.post(page, {"hold_out": 10, "seen": 0}).status_code == 302
    changed = Journey.objects.get(pk=step.journey_id)
    assert (changed.is_on, changed.hold_out, changed.revision) == (False, 10, 1)
    assert "must be less than or equal to 90" in read(cms.post(page, {"hold_out": 95, "seen": 1})) or (
        Journey.objects.get(pk=step.journey_id).hold_out == 10
    )
    assert cms.get(f"{JOURNEYS}add/").status_code == 302
    assert cms.post(f"{JOURNEYS}delete/{step.journey_id}/").status_code == 302
    assert cms.post(f"{WORDS}delete/1/").status_code in (302, 404)
    assert Journey.objects.filter(pk=step.journey_id).exists()


def test_what_is_listed_goes_by_its_name(cms, step):
    Journey.objects.filter(pk=step.journey_id).update(trigger="cart_left")
    cms.post(f"{WORDS}add/", draft(step, variant="b"))
    words = read(cms.get(WORDS))
    assert "Somebody left a basket, step 1 (e-mail, English, B)" in words
    found = read(cms.get(WORDS, {"language": "id"}))
    assert "Somebody left a basket" not in found
    assert "Indonesian" in found
    journeys = read(cms.get(JOURNEYS))
    assert "Somebody left a basket" in journeys
    assert "test_snippets" not in journeys


@pytest.mark.parametrize("page", [WORDS, JOURNEYS, "/cms/images/", "/dashboard/", "/id/dashboard/"])
def test_the_shops_own_search_stays_in_the_shop(cms, page):
    answer = cms.get(page, follow=True)
    assert answer.status_code == 200
    assert not isinstance(answer.context.get("search_form"), SearchForm | SimpleLazyObject)
    assert "sort_by" not in answer.content.decode()


def test_the_shop_has_its_search(client):
    assert isinstance(client.get("/search/?q=x").context["search_form"], SearchForm | SimpleLazyObject)


def test_no_other_shop_is_asked_for_the_pictures_of_who_works_here(cms):
    page = cms.get("/cms/").content.decode()
    assert "gravatar" not in page
    assert not re.search(r'<img[^>]+src="(https?:)?//', page)


def test_the_lists_are_there(cms, step):
    cms.post(f"{WORDS}add/", draft(step))
    assert "test_snippets" in read(cms.get(JOURNEYS))
    assert "News" in read(cms.get(WORDS))
