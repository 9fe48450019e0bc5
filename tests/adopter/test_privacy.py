"""A member of somebody else's shop, with Oscar's own pages: what they allow, what is held of them, the way out."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.people.account import person_of
from omni_sync.people.standing import may
from omni_sync.privacy.carry_out import do_requests

PASSWORD = "langkah-demi-langkah"


@pytest.fixture
def sari(db, client):
    user = get_user_model().objects.create_user("sari", "sari@example.com", PASSWORD)
    client.force_login(user)
    return user


def test_a_member_allows_takes_along_and_is_forgotten(sari, client):
    assert "What I allow" in client.get("/me/").content.decode()
    client.post("/me/say/", {"channel": "email", "purpose": "marketing", "state": "granted"})
    with transaction.atomic():
        person = person_of(user=sari)
    assert may(person_id=person.pk, channel="email", purpose="marketing")
    client.post("/me/collect/")
    assert do_requests() == 1
    assert "Take the file" in client.get("/me/").content.decode()
    assert "What was bought" in client.get("/me/forget/").content.decode()
    assert client.post("/me/forget/", {"password": PASSWORD}, follow=True).status_code == 200
    assert do_requests() == 1
    assert not get_user_model().objects.filter(pk=sari.pk).exists()


def test_head_office_sees_who_waits(client, db):
    client.force_login(get_user_model().objects.create(username="rani", is_staff=True))
    assert "Nobody waits for an answer." in client.get("/dashboard/lintas/privacy/").content.decode()


def test_a_member_chooses_what_they_hear(sari, client):
    assert "News and offers" in client.get("/me/messages/").content.decode()
    client.post("/me/messages/say/", {"channel": "email", "state": "granted"})
    answer = client.post("/me/messages/", {"quiet_from": "21:00", "quiet_until": "07:00"})
    assert (answer.status_code, answer.url) == (302, "/me/messages/")
    page = client.get("/me/messages/").content.decode()
    assert "No more" in page
    assert 'value="21:00"' in page
