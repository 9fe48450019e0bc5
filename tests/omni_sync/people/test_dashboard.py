"""Who may be one person, asked in the back office: what is hidden, who may answer, and that an answer holds."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omni_sync.people.models import Match
from tests.instore.tablets import has_word, read
from tests.omni_sync.people.conftest import humans, look, someone

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/matches/"


@pytest.fixture
def desk(client, rani):
    rani.user_permissions.add(Permission.objects.get(codename="change_match"))
    client.force_login(rani)
    return client


@pytest.fixture
def twins():
    """Two rows with the same unproved phone."""
    pair = [someone(("phone", "+628123456789", False), name=name) for name in ("Sari Dewi", "S. Dewi")]
    look(*pair)
    return pair


def test_strangers_sign_in_first_and_shoppers_are_refused(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.get(PAGE).status_code == 403


def test_the_menu_leads_there_and_nobody_to_ask_about_is_said(desk):
    assert f'href="{PAGE}"' in desk.get("/dashboard/").content.decode()
    assert "Nobody needs an answer" in read(desk.get(PAGE))
    assert "Nobody was joined yet" in read(desk.get(f"{PAGE}?of=joined"))


def test_it_shows_initials_and_little_of_what_points_at_them(desk, twins):
    page = desk.get(PAGE).content.decode()
    assert "S.D." in page
    assert "•••789" in page
    assert "The same phone" in page
    assert not has_word(page, "Sari")
    assert "812345" not in page


def test_one_person_it_is_and_can_be_parted_again(desk, twins):
    match = Match.objects.get()
    done = desk.post(f"{PAGE}{match.pk}/", {"say": "one"}, follow=True)
    assert "They are one person now" in read(done)
    assert humans(*twins) == [[0, 1]]
    assert "Nobody needs an answer" in read(done)

    parted = desk.post(f"{PAGE}{match.pk}/", {"say": "part"}, follow=True)
    assert parted.redirect_chain[-1][0] == f"{PAGE}?of=joined"
    assert humans(*twins) == [[0], [1]]
    look(*twins)
    assert not Match.objects.open().exists()


def test_two_persons_they_are_and_nobody_is_asked_again(desk, twins):
    desk.post(f"{PAGE}{Match.objects.get().pk}/", {"say": "two"})
    look(*twins)
    assert humans(*twins) == [[0], [1]]
    assert not Match.objects.open().exists()


def test_who_was_slower_hears_what_was_answered(desk, twins):
    match = Match.objects.get()
    desk.post(f"{PAGE}{match.pk}/", {"say": "two"})
    again = desk.post(f"{PAGE}{match.pk}/", {"say": "two"}, follow=True)
    assert "Somebody has answered this already: two persons." in read(again)


def test_staff_without_the_permission_read_and_cannot_answer(desk, twins, rani):
    rani.user_permissions.clear()
    assert "One person</button>" not in desk.get(PAGE).content.decode()
    assert desk.post(f"{PAGE}{Match.objects.get().pk}/", {"say": "one"}).status_code == 403
    assert humans(*twins) == [[0], [1]]


def test_a_guessed_match_and_an_unknown_answer_change_nothing(desk, twins):
    assert desk.post(f"{PAGE}999999/", {"say": "one"}).status_code == 404
    assert desk.get(f"{PAGE}{Match.objects.get().pk}/").status_code == 405
    assert "Nothing was changed." in read(desk.post(f"{PAGE}{Match.objects.get().pk}/", {"say": "?"}, follow=True))


def test_the_page_asks_the_same_of_the_database_however_many_there_are(desk, twins):
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    look(*[someone(("phone", f"+6281234567{n // 2:02}", False)) for n in range(120)])
    with CaptureQueriesContext(connection) as many:
        assert "Older" in read(desk.get(PAGE))
    assert len(few) == len(many) <= 10


def test_who_is_still_joined_by_others_is_not_called_parted(desk):
    proved = ("email", "sari@example.com", True)
    rows = [someone(proved) for _ in range(3)]
    look(*rows)
    match = Match.objects.get(left=rows[0], right=rows[1])
    done = read(desk.post(f"{PAGE}{match.pk}/", {"say": "part"}, follow=True))
    assert humans(*rows) == [[0, 1, 2]]
    assert "They are one person still" in done
    assert "They are parted" not in done
