"""Nobody is signed out by a link."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, django_user_model):
    client.force_login(django_user_model.objects.create_user(email="budi@langkah.example"))
    return client


@pytest.mark.parametrize("path", ["/accounts/logout/", "/id/accounts/logout/"])
def test_a_link_only_asks_and_the_button_signs_out(member, path):
    asked = member.get(path)
    assert asked.status_code == 200
    assert f'action="{path}"' in asked.content.decode()
    assert "_auth_user_id" in member.session
    answer = member.post(path)
    assert (answer.status_code, "_auth_user_id" in member.session) == (302, False)


def test_it_takes_the_forms_token(django_user_model):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_user(email="budi@langkah.example"))
    assert strict.post("/accounts/logout/").status_code == 403
    assert "_auth_user_id" in strict.session


def test_who_is_not_signed_in_is_sent_home(client):
    assert client.get("/accounts/logout/").headers["Location"] == "/"
