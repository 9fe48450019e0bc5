"""How much the door takes: 5 MB, 500 events, 200 requests a second."""

import json

import pytest
from django.test import override_settings

from omni_sync.pos import api
from omni_sync.pos.models import Delivery, InboxEvent
from tests.factories import adjusted, as_body, make_connection, make_record, make_store, post, sale, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def till():
    store = make_store("menteng")
    make_record(store)
    return make_connection(store)


def is_problem(answer, status):
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == status
    return True


def test_six_megabytes_are_too_large_and_nothing_is_kept(client, till):
    body = as_body([sale("menteng", "R-1", {"TEE": 1}, note="x" * 6 * 1024 * 1024)])
    assert is_problem(post(client, till, body), 413)
    assert Delivery.objects.count() == 0


def test_nearly_five_megabytes_are_taken_whatever_the_project_lets_in_elsewhere(client, till):
    body = as_body([sale("menteng", "R-1", {"TEE": 1}, note="x" * (5 * 1024 * 1024 - 2000))])
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        assert post(client, till, body).json()["accepted"] == 1


def test_a_length_that_lies_does_not_let_more_in(client, till):
    body = as_body([sale("menteng", "R-1", {"TEE": 1}, note="x" * 6 * 1024 * 1024)])
    answer = post(client, till, body, CONTENT_LENGTH="12")
    assert answer.status_code in (401, 413)
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("length", ["", "many", "-1"])
def test_a_length_that_is_none_is_no_crash(client, till, length):
    answer = post(client, till, as_body([sale("menteng", "R-1", {"TEE": 1})]), CONTENT_LENGTH=length)
    assert answer.status_code < 500


def test_five_hundred_events_are_taken_and_one_more_is_too_many(client, till):
    many = [adjusted("menteng", {"TEE": 1}) for _ in range(501)]
    assert is_problem(post(client, till, many), 413)
    assert InboxEvent.objects.count() == 0
    assert post(client, till, many[:500]).json() == {"accepted": 500, "duplicates": 0, "rejected": []}


def test_more_than_two_hundred_requests_a_second_are_told_when_to_come_again(client, till, monkeypatch):
    monkeypatch.setattr(api.limit, "most", 3)
    monkeypatch.setattr(api.limit, "seconds", 3600)  # so that the stretch does not end in the middle
    body = b"[]"
    answers = [post(client, till, body, headers={}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert is_problem(answers[3], 429)
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 3600
    other = make_connection(make_store("kemang"))
    assert post(client, other, body, headers={}).status_code == 401


def test_the_limit_is_two_hundred_a_second():
    assert (api.limit.most, api.limit.seconds) == (200, 1)


def test_a_single_event_needs_no_list(client, till):
    body = json.dumps(sale("menteng", "R-1", {"TEE": 1})).encode()
    assert post(client, till, body).json()["accepted"] == 1


def test_cookies_and_bearers_are_not_kept_with_a_delivery(client, till):
    body = as_body([sale("menteng", "R-1", {"TEE": 1})])
    from omni_sync.pos.secrets import secrets_of

    headers = {**sign(secrets_of(till)[0], body), "authorization": "Bearer x", "cookie": "a=b", "x-till": "7"}
    assert post(client, till, body, headers=headers).status_code == 202
    kept = Delivery.objects.get().headers
    assert kept["x-till"] == "7"
    assert not {"cookie", "authorization"} & kept.keys()
