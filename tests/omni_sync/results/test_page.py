"""The page of results: what it says of a test, and what it refuses."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.messages.comparing.begin import latest
from omni_sync.messages.journeys.models import Step
from tests.instore.tablets import read
from tests.omni_sync.results.conftest import DAY, NOW, bought, decided, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    rani = get_user_model().objects.create(email="rani@langkah.example", is_staff=True)
    rani.user_permissions.add(*Permission.objects.filter(codename__in=["view_journey", "change_journey"]))
    client.force_login(rani)
    return client


def page_of(step):
    return f"/dashboard/lintas/journeys/{step.journey_id}/results/"


def test_the_page_says_why_there_is_no_verdict(desk, step):
    assert (
        desk.post(page_of(step), {"step": 1, "do": "begin", "how": "size", "base": "5", "effect": "30"}).status_code
        == 302
    )
    page = read(desk.get(page_of(step)))
    assert "It needs 3780 persons in each group" in page
    assert "Nobody's follow-up was decided yet." in page
    assert "Break the test off" in page
    desk.post(page_of(step), {"step": 1, "do": "stop"})
    assert latest(step.pk).why == "stopped"


@pytest.mark.parametrize(
    "asked", [{"how": "size", "base": "5"}, {"how": "size", "base": "0", "effect": "3"}, {"how": "date"}, {},
              {"how": "date", "ends": "2020-01-01"}, {"how": "date", "ends": "9999-01-01"}],
)  # fmt: skip
def test_a_test_without_an_end_is_refused(desk, step, asked):
    assert desk.post(page_of(step), {"step": 1, "do": "begin", **asked}).status_code == 422
    assert latest(step.pk) is None


@pytest.mark.parametrize(
    ("asked", "field", "said", "kept"),
    [({"how": "size", "base": "0", "effect": "-5"}, "base", "greater than or equal to 0.1", 'value="-5"'),
     ({"how": "size", "base": "0", "effect": "-5"}, "effect", "greater than or equal to 1.", 'value="0"'),
     ({"how": "size", "base": "7.5"}, "effect", "Say what change is worth knowing.", 'value="7.5"'),
     ({"how": "size", "effect": "17"}, "base", "Say how many buy anyhow.", 'value="17"'),
     ({"how": "date", "ends": "2020-01-01"}, "ends", "at least a week", 'value="2020-01-01"')],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(desk, step, asked, field, said, kept):
    Step.objects.create(journey=step.journey, number=2, wait=DAY, channels=["email"])
    page = desk.post(page_of(step), {"step": 2, "do": "begin", **asked}).content.decode()
    at_field = re.search(rf'<div class="invalid-feedback" id="{field}2-wrong">(.*?)</div>', page)
    assert said in at_field[1]
    assert f'aria-describedby="{field}2-wrong"' in page
    assert kept in page
    assert f'id="{asked["how"]}2" checked' in page
    assert 'id="size1" checked' in page
    assert "1-wrong" not in page
    assert page.count('<details class="mt-3" id="begin2" open>') == 1
    assert page.count(" open>") == 1


def test_what_was_typed_the_other_way_does_not_matter(desk, step):
    day = (timezone.localdate() + 30 * DAY).isoformat()
    asked = {"step": 1, "do": "begin", "how": "date", "base": "0", "effect": "-5", "ends": day}
    assert desk.post(page_of(step), asked).status_code == 302
    assert latest(step.pk).per_group is None


def test_that_two_versions_say_the_same_is_said_where_the_test_is_begun(desk, step):
    Step.objects.update(variants=2)
    asked = {"step": 1, "do": "begin", "how": "size", "base": "7.5", "effect": "30"}
    answer = desk.post(page_of(step), asked)
    assert "say the same, word for word" in read(answer, 422)
    assert 'value="7.5"' in answer.content.decode()


def test_the_page_says_what_was_not_measured(desk, step, partner, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    bought(partner, decided(step))
    assert "Not measured: no hold-out group." in read(desk.get(page_of(step)))
    decided(step, "held_out")
    assert "Too few have bought anything" in read(desk.get(page_of(step)))


def test_the_page_asks_the_same_of_the_database_however_many_there_are(desk, step, partner, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    fill(step, partner)
    few = queries(desk, step)
    fill(step, partner, a=50, held=50, buyers=25)
    assert queries(desk, step) == few <= 12


def queries(desk, step):
    desk.get(page_of(step))
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(page_of(step)).status_code == 200
    return len(asked)
