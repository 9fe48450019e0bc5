"""A shop made by docs/adopt.md works: its tests need settings of their own, so they run in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

BOUTIQUE = Path(__file__).parents[2] / "adopter"


@pytest.fixture
def environment():
    """The same engine, a database of its own; nothing of this process's settings."""
    known = connection.settings_dict
    address = make_conninfo(
        host=known["HOST"] or None,
        port=known["PORT"] or None,
        user=known["USER"] or None,
        password=known["PASSWORD"] or None,
        dbname="postgres",
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "PYTEST_", "LINTAS_"))}
    return kept | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "boutique.settings"}


@pytest.mark.long
def test_an_adopters_shop_keeps_its_promises(environment):
    command = [sys.executable, "-m", "pytest", "-c", "pytest.ini", "-q"]
    run = subprocess.run(command, cwd=BOUTIQUE, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-2_000:]
