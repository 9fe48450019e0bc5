"""Bringing a database up to date quickly.

Migrating an empty database through every migration of Django, Oscar and Wagtail takes most of a minute. The outcome is
a function of the migration files, so it is done once and kept: as a dump beside the data, under their fingerprint.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from settings.environment import ROOT
from settings.health import known_migrations

LOCK = 0x11A7A5  # one number for all who change the schema
SNAPSHOTS = ROOT / ".lintas" / "snapshots"


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of every migration that would be applied; another one means another schema."""
    digest = hashlib.sha256(settings.AUTH_USER_MODEL.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        digest.update(config.label.encode())
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:32]


@contextmanager
def alone() -> Iterator[None]:
    """One at a time changes the schema of this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def mark() -> str | None:
    """The fingerprint this database was brought to; kept as its comment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def set_mark() -> None:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {name} IS '{fingerprint()}'")


def bring_up_to_date(*, snapshots: bool, verbosity: int = 0) -> None:
    """Migrate unless that is done; with ``snapshots`` an empty database is filled from a kept dump, or makes one."""
    if mark() == fingerprint():
        return
    with alone():
        if mark() == fingerprint():
            return
        was_empty = not connection.introspection.table_names()
        dump = SNAPSHOTS / f"{fingerprint()}.sql"
        if snapshots and was_empty and dump.exists():
            load(dump)
        else:
            call_command("migrate", verbosity=verbosity, interactive=False)
            if snapshots and was_empty:
                save(dump)
        set_mark()


def _client(program: str) -> list[str]:
    from settings.embedded.postgres import BIN

    place = connection.settings_dict
    return [str(BIN / program), "-h", place["HOST"], "-U", place["USER"], "-d", place["NAME"]]


def save(dump: Path) -> None:
    """Keep this database's content under the name of its schema, and forget older ones."""
    SNAPSHOTS.mkdir(parents=True, exist_ok=True)
    unfinished = dump.with_suffix(".unfinished")
    command = [*_client("pg_dump"), "--no-owner", "--no-privileges", "--no-comments", "-f", str(unfinished)]
    subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    for old in SNAPSHOTS.glob("*.sql"):
        old.unlink()
    unfinished.rename(dump)


def load(dump: Path) -> None:
    """Fill this empty database, all or nothing."""
    command = [*_client("psql"), "-qX1", "-v", "ON_ERROR_STOP=1", "-f", str(dump)]
    subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603


def is_current() -> bool:
    """Every migration of the code is in this database."""
    from django.db.migrations.recorder import MigrationRecorder

    return known_migrations() <= MigrationRecorder(connection).applied_migrations().keys()
