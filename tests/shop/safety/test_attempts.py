"""Wrong passwords bring a pause, at every door, whatever is away; the right ones don't."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as Gone

from shop.safety.attempts import forget_attempts

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "budi@langkah.example", "sepatu-biru-42"
DOORS = {
    "/accounts/login/": ("login-username", "login-password", {"login_submit": "1"}),
    "/dashboard/login/": ("username", "password", {}),
    "/cms/login/": ("username", "password", {}),
}
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def budi(django_user_model):
    return django_user_model.objects.create_superuser(EMAIL, PASSWORD)


def knock(password, *, door="/accounts/login/", email=EMAIL, at=HOME, **headers):
    name, secret, more = DOORS[door.removeprefix("/id")]
    client = Client(REMOTE_ADDR=at, headers=headers)
    response = client.post(door, {name: email, secret: password, **more})
    return response.status_code, "_auth_user_id" in client.session, response


def fail(times, **where):
    return [knock("wrong-guess", **where)[0] for _ in range(times)]


@pytest.mark.parametrize("door", DOORS)
def test_five_wrong_passwords_close_every_door_even_to_the_right_one(budi, door):
    assert fail(5, door=door) == [200, 200, 200, 200, 429]
    for other in DOORS:
        assert knock(PASSWORD, door=other)[:2] == (429, False)


def test_four_wrong_passwords_close_none(budi):
    fail(4)
    assert knock(PASSWORD)[:2] == (302, True)


def test_another_address_and_another_person_are_let_in_meanwhile(budi, django_user_model):
    django_user_model.objects.create_user(email="rani@langkah.example", password=PASSWORD)
    fail(5)
    assert knock(PASSWORD, at=ELSEWHERE)[:2] == (302, True)
    assert knock(PASSWORD, email="rani@langkah.example")[:2] == (302, True)


def test_however_the_name_is_written_and_whatever_browser_is_claimed_it_is_one_person(budi):
    for n, email in enumerate((EMAIL, EMAIL.upper(), f" {EMAIL}", "Budi@Langkah.example", EMAIL)):
        last = knock("wrong-guess", email=email, **{"User-Agent": f"browser {n}"})[0]
    assert last == 429


def test_one_address_that_tries_many_names_is_closed_and_its_own_success_does_not_open_it(budi, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for n in range(18):
        assert knock("wrong-guess", email=f"nobody{n}@langkah.example")[0] == 200
    assert knock(PASSWORD)[:2] == (302, True)
    fail(1, email="nobody18@langkah.example")
    assert fail(1, email="nobody19@langkah.example") == [429]
    assert knock(PASSWORD)[:2] == (429, False)
    assert knock(PASSWORD, at=ELSEWHERE)[:2] == (302, True)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
    ],
)
def test_a_household_has_one_address(budi, first, second, same):
    fail(5, at=first)
    assert knock(PASSWORD, at=second)[0] == (429 if same else 302)


def test_a_forwarded_address_is_not_believed_from_anybody(budi):
    for n in range(5):
        last = knock("wrong-guess", **{"X-Forwarded-For": f"192.0.2.{n}"})[0]
    assert last == 429


def test_a_pause_ends_and_knocking_does_not_prolong_it(budi, settings):
    fail(5)
    pause = settings.AXES_COOLOFF_TIME
    AccessAttempt.objects.update(attempt_time=timezone.now() - pause + timedelta(seconds=90))
    fail(3)
    _, _, response = knock(PASSWORD)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 90
    AccessAttempt.objects.update(attempt_time=timezone.now() - pause - timedelta(seconds=1))
    assert knock(PASSWORD)[:2] == (302, True)


def test_success_starts_the_count_again(budi):
    for _ in range(3):
        fail(4)
        assert knock(PASSWORD)[:2] == (302, True)


def test_a_new_password_ends_the_pause(budi):
    fail(5)
    budi.set_password("another-blue-shoe")
    budi.save()
    assert knock("another-blue-shoe")[:2] == (302, True)


def test_it_counts_while_the_cache_is_away(budi, monkeypatch):
    def gone(*_args, **_kwargs):
        raise Gone

    for verb in ("get", "set", "add", "incr"):
        monkeypatch.setattr(RedisCache, verb, gone)
    with pytest.raises(Gone):
        cache.get("anything")
    assert fail(5)[3:] == [200, 429]
    assert knock(PASSWORD)[:2] == (429, False)


def test_little_is_kept_and_not_for_long(budi):
    fail(2, **{"User-Agent": "a browser", "Referer": "https://shop.example/?q=secret"})
    kept = AccessAttempt.objects.values().get()
    assert kept["ip_address"] == HOME
    assert (kept["post_data"], kept["get_data"], kept["user_agent"], kept["http_accept"]) == ("", "", "", "")
    assert "budi" not in str(kept)
    assert "wrong-guess" not in str(kept)
    assert forget_attempts() == 0
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert forget_attempts() == 1


@pytest.mark.parametrize(
    ("door", "words", "way"),
    [
        ("/accounts/login/", "signing in pauses here for 15 minutes", "/password-reset/"),
        ("/id/accounts/login/", '<html lang="id"', "/id/password-reset/"),
    ],
)
def test_the_page_says_how_long_and_another_way(budi, door, words, way):
    fail(4, door=door)
    _, _, response = knock("wrong-guess", door=door)
    html = re.sub(r"\s+", " ", response.content.decode())
    assert words in html
    assert f'href="{way}"' in html
    assert response.headers["Cache-Control"] == "no-store"


def test_pages_do_not_ask_about_attempts(client, django_assert_max_num_queries, budi):
    fail(5)
    with django_assert_max_num_queries(50) as captured:
        client.get("/accounts/login/", REMOTE_ADDR=HOME)
        client.get("/catalogue/", REMOTE_ADDR=HOME)
    assert not [query for query in captured.captured_queries if "axes" in query["sql"]]
