"""/healthz and /readyz: what is missing is said by name, and nothing secret."""

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


def test_nothing_but_reading(client):
    assert client.post("/readyz").status_code == 405
