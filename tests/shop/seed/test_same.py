"""The same day, the same data: in another process, in another database, and killed on the way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.db import connection
from psycopg import conninfo

from settings.environment import ROOT
from tests.conftest import PREFIX, admin, drop, template
from tests.shop.seed.export import export

DAY = "2026-11-15"
LAST_STEPS = ["accounts", "devices", "asked", "drafts", "staff", "heard", "seeded"]
WRITING = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL
"""


class Shop:
    """A migrated database and a folder of its own, to be seeded by real processes."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        own = connection.settings_dict
        parts = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
        self.address = conninfo.make_conninfo("", dbname=name, **{key: value for key, value in parts.items() if value})
        told = urlencode({key: value for key, value in parts.items() if value}, quote_via=quote)
        self.environ = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "settings.demo",
            "LINTAS_DATA": str(folder),
            "LOG_LEVEL": "CRITICAL",
            "DATABASE_URL": f"postgresql:///{name}?{told}",
        }

    def begin(self, *command: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-u", "manage.py", *command],
            cwd=ROOT, env=self.environ, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def seed(self) -> "subprocess.Popen[str]":
        return self.begin("seed", "--on", DAY, "--no-pictures", "-v", "2")

    def count(self, query: str) -> int:
        with psycopg.connect(self.address) as door:
            return int(door.execute(query).fetchone()[0])


@pytest.fixture
def shop(django_db_setup, django_db_blocker, tmp_path) -> Iterator[object]:
    made = []

    def make(name):
        folder = tmp_path / name
        folder.mkdir()
        database = f"{PREFIX}_{os.getpid()}_seed_{name}"
        with django_db_blocker.unblock(), admin() as door:
            drop(door, database)
            door.execute("SELECT pg_advisory_lock(11111)")
            door.execute(f"CREATE DATABASE {database} TEMPLATE {template(door)}")
            door.execute("SELECT pg_advisory_unlock(11111)")
        made.append(Shop(database, folder))
        return made[-1]

    yield make
    with django_db_blocker.unblock(), admin() as door:
        for one in made:
            drop(door, one.name)


def until(happens, process, seconds=400):
    """Wait for something that the process does; it must not end before."""
    end = time.monotonic() + seconds
    while not happens():
        assert process.poll() is None, "it ended too soon"
        assert time.monotonic() < end
        time.sleep(0.01)


def kill(process):
    process.kill()
    said = process.communicate()[0]
    assert process.returncode < 0
    return said


def said_by(process):
    said, _ = process.communicate(timeout=400)
    assert process.returncode == 0, said
    return [line.split()[0] for line in said.splitlines()]


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_seed_that_was_killed_twice_ends_as_one_that_was_not(shop):
    calm, struck = shop("calm"), shop("struck")
    assert said_by(calm.seed())[-7:] == LAST_STEPS

    first = struck.seed()
    assert first.stdout.readline().startswith("places")
    until(lambda: struck.count(WRITING), first)
    kill(first)

    second = struck.seed()
    applied = "SELECT count(*) FROM omni_sync_inboxevent WHERE state = 'applied'"
    until(lambda: struck.count(applied) > 0, second)
    kill(second)
    left = struck.count(applied)
    assert 0 < left < 1400

    assert said_by(struck.seed()) == ["week", "pickups", "receipts", *LAST_STEPS]
    one, other = export(calm.address), export(struck.address)
    for about in one:
        assert one[about] == other[about], about
        assert one[about], f"there are no {about}"
    audit = struck.begin("audit_stock")
    assert json.loads(audit.communicate()[0].splitlines()[-1])["violations"] == []
    assert said_by(struck.seed()) == ["seeded"]
