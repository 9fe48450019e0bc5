"""Coming in and going out."""

import pytest
from django.contrib.auth import get_user_model

from tests.shop.account.conftest import PASSWORD
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def sign_in(client, path="/accounts/login/", *, email="budi@langkah.example", password=PASSWORD, **more):
    form = {"login-username": email, "login-password": password, "login_submit": "1", **more}
    return client.post(path, form)


def join(client, path="/accounts/login/", **more):
    form = {
        "registration-email": "baru@langkah.example",
        "registration-password1": PASSWORD,
        "registration-password2": PASSWORD,
        "registration_submit": "1",
    }
    return client.post(path, {**form, **more})


def test_signing_in_leads_to_the_account_in_the_same_language(client, budi):
    assert sign_in(client)["Location"] == "/accounts/"
    client.logout()
    assert sign_in(client, "/id/accounts/login/")["Location"] == "/id/accounts/"


def test_signing_in_and_joining_lead_back_to_where_somebody_was_stopped(client, budi):
    page = client.get("/accounts/login/?next=/accounts/orders/").content.decode()
    assert page.count('value="/accounts/orders/"') == 2
    assert sign_in(client, **{"login-redirect_url": "/accounts/orders/"})["Location"] == "/accounts/orders/"
    client.logout()
    assert join(client, **{"registration-redirect_url": "/accounts/orders/"})["Location"] == "/accounts/orders/"


def test_nobody_is_led_off_to_another_shop(client, budi):
    assert sign_in(client, **{"login-redirect_url": "https://elsewhere.example/"})["Location"] == "/accounts/"


def test_a_wrong_password_is_said_once_on_top_and_keeps_the_address(client, budi):
    answer = sign_in(client, password="nonsense")
    assert answer.status_code == 200
    words = text_of(answer)
    assert words.count("Something needs another look") == 1
    assert 'value="budi@langkah.example"' in answer.content.decode()


def test_the_second_door_opens_an_account(client):
    assert join(client)["Location"] == "/accounts/"
    assert get_user_model().objects.filter(email="baru@langkah.example").exists()
    assert client.get("/accounts/").status_code == 200


def test_what_is_wrong_with_a_new_account_leads_to_its_fields(client):
    page = join(client, **{"registration-password2": "another-one"}).content.decode()
    assert 'href="#id_registration-password2"' in page
    assert 'autocomplete="new-password"' in page
    assert join(client, **{"registration-password1": "short", "registration-password2": "short"}).status_code == 200
    assert not get_user_model().objects.exists()


def test_the_page_for_new_people_alone_keeps_where_they_were_going(client):
    page = client.get("/accounts/register/?next=/accounts/orders/").content.decode()
    assert 'value="/accounts/orders/"' in page
    assert "/accounts/login/?next=/accounts/orders/" in page


def test_a_link_asks_before_it_signs_out(member):
    assert "Sign out?" in text_of(member.get("/accounts/logout/"))
    assert member.get("/accounts/").status_code == 200
    assert member.post("/id/accounts/logout/")["Location"] == "/id/"
    assert member.get("/accounts/").status_code == 302


def test_the_pages_have_a_door_to_the_other_language(member):
    for path in ("/accounts/", "/accounts/orders/"):
        assert f'href="/id{path}"' in member.get(path).content.decode()
    member.logout()
    assert 'href="/id/accounts/login/"' in member.get("/accounts/login/").content.decode()
