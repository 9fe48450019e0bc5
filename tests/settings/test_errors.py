"""Pages for when something went wrong: dressed, in the reader's language, without the database where it may be away."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from settings.errors import MAINTENANCE, Maintenance

LANGUAGES = {"": "en", "/id": "id"}


def dressed(response, language):
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert 'href="/static/lintas/components.css"' in html
    assert html.count("<h1>") == 1
    return html


@pytest.fixture
def careless():
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database(monkeypatch):
    """Whoever asks it breaks."""

    def gone(*_args, **_kwargs):
        raise OperationalError("the database is away")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", gone)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", gone)


@pytest.fixture
def sign(settings, tmp_path):
    """Where the file that closes the shop would be, for the application that tests call."""
    settings.DATA = tmp_path
    return tmp_path / MAINTENANCE


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_500_needs_no_database_and_names_the_request(careless, prefix):
    name = {"login_submit": "1", "login-username": "budi@langkah.example", "login-password": "sepatu-biru-42"}
    response = careless.post(f"{prefix}/accounts/login/", name, headers={"X-Request-ID": "k7-from-the-proxy"})
    assert response.status_code == 500
    html = dressed(response, LANGUAGES[prefix])
    assert "<code>k7-from-the-proxy</code>" in html
    assert response.headers["X-Request-ID"] == "k7-from-the-proxy"
    assert response.headers["Cache-Control"] == "no-store"


def test_500_sends_nobody_elsewhere(careless):
    response = careless.get("//elsewhere.example/catalogue/")
    assert not re.search(r'href="//', response.content.decode())


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_form_without_its_token_needs_no_database(prefix):
    response = Client(enforce_csrf_checks=True).post(f"{prefix}/stores/", {"store": "menteng"})
    assert response.status_code == 403
    dressed(response, LANGUAGES[prefix])


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_host_that_is_not_ours_is_refused_without_a_database(careless, prefix):
    response = careless.get(f"{prefix}/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere" not in dressed(response, LANGUAGES[prefix])


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_nothing_here_and_not_for_you_are_pages_of_the_shop(client, django_user_model, prefix):
    missing = client.get(f"{prefix}/nothing/is/here/")
    assert missing.status_code == 404
    assert 'class="site-head"' in dressed(missing, LANGUAGES[prefix])
    client.force_login(django_user_model.objects.create(email="rani@langkah.example", is_staff=True))
    refused = client.get(f"{prefix}/dashboard/users/")
    assert refused.status_code == 403
    assert 'class="site-head"' in dressed(refused, LANGUAGES[prefix])


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize(("inside", "seconds"), [("", "300"), ("90\n", "90"), ("soon", "300")])
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_maintenance_says_so_and_when_to_come_back(sign, prefix, inside, seconds):
    sign.write_text(inside)
    response = Client().get(f"{prefix}/catalogue/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, seconds)
    dressed(response, LANGUAGES[prefix])
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/static/lintas/tokens.css").status_code == 200


@pytest.mark.django_db
def test_the_shop_is_open_again_when_the_file_is_gone(sign, client):
    sign.touch()
    assert client.get("/catalogue/").status_code == 503
    Path(sign).unlink()
    assert client.get("/catalogue/").status_code == 200


def test_maintenance_looks_where_the_guide_says(settings):
    assert Maintenance(None).sign == Path(settings.DATA) / "maintenance"
