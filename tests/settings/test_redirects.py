"""Whoever follows a link of ours stays with us."""

import pytest
from django.test import Client

from tests.instore.places import make_store

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "budi@langkah.example", "sepatu-biru-42"
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example",
    "http:elsewhere.example",
    "javascript:alert(1)",
    " //elsewhere.example",
    "https://testserver@elsewhere.example/",
    "/\t/elsewhere.example",
]


@pytest.fixture(autouse=True)
def store():
    return make_store("menteng")


@pytest.fixture(autouse=True)
def budi(django_user_model):
    return django_user_model.objects.create_superuser(EMAIL, PASSWORD)


def sign_in(client, address):
    form = {"login_submit": "1", "login-username": EMAIL, "login-password": PASSWORD, "login-redirect_url": address}
    return client.post("/accounts/login/", form)


def sign_in_at_the_dashboard(client, address):
    return client.post("/dashboard/login/", {"username": EMAIL, "password": PASSWORD, "next": address})


def sign_in_as_an_editor(client, address):
    return client.post("/cms/login/", {"username": EMAIL, "password": PASSWORD, "next": address})


def register(client, address):
    client.logout()
    words = {"email": "rani@langkah.example", "password1": PASSWORD, "password2": PASSWORD, "redirect_url": address}
    form = {f"registration-{name}": value for name, value in words.items()}
    return client.post("/accounts/login/", {"registration_submit": "1", **form})


def choose_a_language(client, address):
    return client.post("/i18n/setlang/", {"language": "id", "next": address})


def choose_a_store(client, address):
    return client.post("/stores/", {"store": "menteng", "next": address})


DOORS = [sign_in, sign_in_at_the_dashboard, sign_in_as_an_editor, register, choose_a_language, choose_a_store]


@pytest.mark.parametrize("door", DOORS)
def test_no_door_leads_to_somebody_else(door):
    for address in ELSEWHERE:
        client = Client()
        response = door(client, address)
        client.get("/accounts/logout/")
        if response.status_code == 200:
            continue  # the form again: the address was refused
        where = response.headers["Location"]
        assert where.startswith("/"), address
        assert not where.startswith(("//", "/\\", "/\t")), address
        if door is register:
            from django.contrib.auth import get_user_model

            get_user_model().objects.filter(email="rani@langkah.example").delete()


@pytest.mark.parametrize("door", DOORS)
def test_every_door_leads_back_to_a_page_of_ours(door):
    """The control: the address is read at all."""
    assert door(Client(), "/catalogue/?q=tee").headers["Location"].removeprefix("/id") == "/catalogue/?q=tee"
