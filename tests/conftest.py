"""Every test runs on real engines; each worker has a database of its own, cloned from one that is migrated once."""

import contextlib
import gc
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import psycopg
import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from psycopg import sql

from instore.staff import pins
from omni_sync import limits
from settings import translations
from tests.database import Baseline

# How long an example takes says something about the machine, nothing about us.
hypothesis.register_profile("lintas", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("lintas")

TEMPLATE, PREFIX = "lintas_template", "lintas_test"


def pytest_configure(config: pytest.Config) -> None:
    """A fresh clone has no compiled translations: made once, before any worker starts."""
    if not hasattr(config, "workerinput"):
        translations.compile_all()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What was imported stays to the end: the garbage collector, off until now, need not look through it."""
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a test marked ``long`` come first, so that no worker is alone with one at the end."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


def admin() -> psycopg.Connection:
    """A connection that makes databases; it sits in the one the settings name."""
    own = connection.settings_dict
    return psycopg.connect(
        dbname=own["NAME"], user=own["USER"], password=own["PASSWORD"], host=own["HOST"], port=own["PORT"] or None,
        autocommit=True,
    )  # fmt: skip


def names(door: psycopg.Connection, like: str) -> list[str]:
    rows = door.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like + "%"])
    return [name for (name,) in rows]


def drop(door: psycopg.Connection, name: str) -> None:
    door.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def sweep(door: psycopg.Connection) -> None:
    """Drop what runs left that did not come to their end."""
    for name in names(door, PREFIX):
        if not psutil.pid_exists(int(name.split("_")[2])):
            drop(door, name)


def template(door: psycopg.Connection) -> str:
    """The migrated database, made if this code has none yet. The caller has the lock."""
    from settings.schema import bring_up_to_date, fingerprint

    name = f"{TEMPLATE}_{fingerprint()}"
    if name in names(door, TEMPLATE):
        return name
    unfinished = f"{PREFIX}_{os.getpid()}_template"
    drop(door, unfinished)
    door.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(unfinished)))
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = unfinished
    try:
        bring_up_to_date(keep=settings.EMBEDDED)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    for old in names(door, TEMPLATE):
        drop(door, old)
    door.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """This worker's database, for as long as it runs."""
    name = f"{PREFIX}_{settings.TEST_NAME}"
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), admin() as door:
        door.execute("SELECT pg_advisory_lock(11111)")
        sweep(door)
        drop(door, name)
        clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        door.execute(clone.format(sql.Identifier(name), sql.Identifier(template(door))))
        door.execute("SELECT pg_advisory_unlock(11111)")
        connection.settings_dict["NAME"] = name
        baseline = Baseline()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: baseline.restore())
            yield
        connection.close()
        connection.settings_dict["NAME"] = own
        drop(door, name)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def cheap_pins() -> Iterator[int]:
    """PINs are kept at no cost, as passwords are; how much memory it takes in truth."""
    dear = pins.MEMORY
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "MEMORY", 64)
        yield dear


@pytest.fixture(autouse=True)
def stretch_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits count by the clock: for each test it stands, so that no minute begins in its middle or began before it."""
    day = 86_400 * (time.time_ns() // 1000)
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: day, monotonic=time.monotonic))


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages note, or read again, every few seconds is asked in no later request: a slow machine asks no more."""
    now = time.time()
    for clock, stands in (("instore.staff.session", 0), ("kiosk.station.visit", 0), ("shop.storefront.parts", now)):
        monkeypatch.setattr(f"{clock}.time", SimpleNamespace(time=lambda at=stands: at))


@pytest.fixture
def django_assert_num_queries(one_moment, django_assert_num_queries):
    """pytest-django's, within one moment."""
    return django_assert_num_queries


@pytest.fixture
def django_assert_max_num_queries(one_moment, django_assert_max_num_queries):
    """pytest-django's, within one moment."""
    return django_assert_max_num_queries


@pytest.fixture
def clean_cache() -> Iterator[None]:
    """An empty cache, before and after; of this worker's keys only, for others may use the same server."""
    with contextlib.closing(redis.Redis.from_url(settings.REDIS_URL)) as client:

        def empty() -> None:
            for key in client.scan_iter(match=f"{cache.key_prefix}:*"):
                client.delete(key)

        empty()
        yield
        empty()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent
