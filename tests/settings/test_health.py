"""/healthz and /readyz: what is missing is said by name, and nothing secret."""

import socket

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from redis.exceptions import ConnectionError as RedisGone

from settings import health
from settings.tasks import heartbeat

pytestmark = pytest.mark.usefixtures("clean_cache")


def test_alive_needs_nothing(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_every_part_works(client):
    heartbeat()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": "ok", "migrations": "ok", "redis": "ok", "worker": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "no worker seen for 60 seconds"
    assert answer.json()["ready"] is False


@pytest.mark.django_db
def test_not_ready_with_a_migration_to_apply(client):
    heartbeat()
    MigrationRecorder(connection).record_unapplied("shop", "0001_initial")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "1 migrations not applied"


@pytest.mark.django_db
def test_not_ready_without_redis(client, monkeypatch):
    def gone(*_, **__):
        raise RedisGone("redis://:secret@10.0.0.1 refused")

    monkeypatch.setattr(health.cache, "get", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["redis"] == "unreachable (ConnectionError)"
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_not_ready_without_a_database(client, monkeypatch):
    def gone(*_, **__):
        raise health.DatabaseError("no route to 10.0.0.1")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable (Error)"


@pytest.mark.django_db
@pytest.mark.timeout(20)
def test_a_redis_that_hangs_is_not_waited_for(client, settings):
    """It takes connections and says nothing; without its time-outs this is ended from outside."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        address = f"redis://:secret@127.0.0.1:{server.getsockname()[1]}/0"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": address}}
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False, "database": "ok", "migrations": "ok",
        "redis": "unreachable (TimeoutError)", "worker": "unreachable (TimeoutError)",
    }  # fmt: skip


@pytest.mark.django_db
def test_whoever_asks_by_address_is_answered(client, settings):
    """A balancer knows no name and no https; everybody else needs both."""
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/healthz", "/readyz", "/metrics"):
        answer = client.get(path, headers={"Host": "10.0.0.7:8000"})
        assert answer.status_code in {200, 503}
        assert not answer.cookies
    assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code in {301, 400}
    assert client.get("/", headers={"Host": "shop.example"}).status_code == 301


def test_nothing_but_reading(client):
    assert client.post("/readyz").status_code == 405
