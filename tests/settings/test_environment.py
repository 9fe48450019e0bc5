import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from settings import environment
from settings.environment import ROOT

COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ALLOWED_HOSTS": "shop.example",
    "BASE_URL": "https://shop.example",
    "DATABASE_URL": "postgresql://lintas@db/lintas",
    "REDIS_URL": "redis://cache/0",
}


def production(bare_environ, **given):
    """Read the production settings in a process of its own; what it says on standard error."""
    command = [sys.executable, "-c", "import settings.production as s; print(s.SECURE_SSL_REDIRECT, s.DEBUG)"]
    done = subprocess.run(command, cwd=ROOT, env={**bare_environ, **given}, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_production_names_the_secret_that_is_missing(name, bare_environ):
    _, said = production(bare_environ, **{key: value for key, value in COMPLETE.items() if key != name})
    assert said.splitlines()[-1].endswith(f"ImproperlyConfigured: {name} is not set. Lintas needs it in production.")


def test_production_is_safe_when_complete(bare_environ):
    assert production(bare_environ, **COMPLETE) == ("True False\n", "")


def test_a_database_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example:5433/shop?sslmode=require")
    found = environment.database(None).as_django()
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "shop")
    assert (found["USER"], found["PASSWORD"]) == ("me", "p@ss")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_in_a_folder_with_spaces(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://lintas@/lintas?host=%2Fthe%20data%2Frun")
    assert environment.database(None).host == "/the data/run"


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://u@h/d", "nonsense"])
def test_only_postgresql(url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL only"):
        environment.database(None)


def test_a_redis_address_is_one(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "amqp://x")
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must begin"):
        environment.redis(None)


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_switch(said, meant, monkeypatch):
    monkeypatch.setenv("SWITCH", said)
    assert environment.flag("SWITCH", default=not meant) is meant


@pytest.mark.parametrize("read", [lambda: environment.flag("ODD", default=True), lambda: environment.number("ODD", 1)])
def test_a_value_that_is_neither_is_refused_by_name(read, monkeypatch):
    monkeypatch.setenv("ODD", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="ODD must be"):
        read()


@pytest.mark.parametrize(
    ("given", "known"),
    [({}, "http://localhost:8123"), ({"BASE_URL": "https://shop.example"}, "https://shop.example")],
)
def test_commands_beside_a_demo_know_the_port_it_took(bare_environ, tmp_path, given, known):
    (tmp_path / "web.json").write_text('{"base": "http://localhost:8123"}')
    command = [sys.executable, "-c", "import settings.demo as s; print(s.BASE_URL, s.WAGTAILADMIN_BASE_URL)"]
    environ = {**bare_environ, **given, "LINTAS_DATA": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [known, known]


def test_a_group_has_what_is_set_of_it(monkeypatch):
    monkeypatch.setenv("POST_FROM", " +62 ")
    monkeypatch.setenv("POST_KEY", "")
    assert environment.group("POST_FROM", "POST_KEY", "POST_API_BASE") == {"from": "+62"}


def test_what_begins_alike_is_read_without_its_beginning(monkeypatch):
    monkeypatch.setenv("ANYMAIL_WEBHOOK_SECRET", "a:b")
    monkeypatch.setenv("ANYMAIL_EMPTY", "")
    assert environment.beginning_with("ANYMAIL_") == {"WEBHOOK_SECRET": "a:b"}
