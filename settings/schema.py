"""Bringing a database up to date quickly.

Migrating an empty database through every migration of Django, Oscar and Wagtail takes most of a minute. The outcome is
a function of the migration files, so it is done once and kept as a dump under their fingerprint: one of the packages'
own migrations, which rarely change, and one of everything.
"""

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from settings import snapshots
from settings.environment import ROOT

LOCK = 0x11A7A5  # one number for all who change the schema


def is_ours(config: AppConfig) -> bool:
    """The app is part of this checkout, not of an installed package."""
    return Path(config.path).parent == ROOT


def hash_of(files: Iterable[Path]) -> str:
    """One hash of these migration files."""
    digest = hashlib.sha256(settings.AUTH_USER_MODEL.encode())
    for file in sorted(files):
        digest.update(f"{file.parts[-3:]}".encode() + file.read_bytes())
    return digest.hexdigest()[:24]


def migration_files(config: AppConfig) -> Iterator[Path]:
    yield from Path(config.path, "migrations").glob("*.py")


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of every migration that would be applied; another one means another schema."""
    return hash_of(file for config in apps.get_app_configs() for file in migration_files(config))


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
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: str | None = cursor.fetchone()[0]
    return found


def set_mark() -> None:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {name} IS '{fingerprint()}'")


def bring_up_to_date(*, keep: bool, verbosity: int = 0) -> None:
    """Migrate unless that is done; with ``keep`` an empty database is filled from a kept dump, or makes one."""
    if mark() == fingerprint():
        return
    with alone():
        if mark() == fingerprint():
            return
        if keep and not connection.introspection.table_names():
            fill(verbosity)
        else:
            call_command("migrate", verbosity=verbosity, interactive=False)
        set_mark()


def fill(verbosity: int) -> None:
    """Bring an empty database up to date, from the best dump there is; keep what had to be worked out."""
    if snapshots.load("all", fingerprint()):
        return
    gc.freeze()  # what migrating makes is kept to its end; looking through it again and again is wasted
    executor = MigrationExecutor(connection)
    ours = [config for config in apps.get_app_configs() if is_ours(config)]
    theirs = [config for config in apps.get_app_configs() if not is_ours(config)]
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] in {config.label for config in theirs}]
    plan = {(migration.app_label, migration.name) for migration, _ in executor.migration_plan(targets)}
    needed = [file for config in ours for file in migration_files(config) if (config.label, file.stem) in plan]
    base = hash_of([*needed, *(file for config in theirs for file in migration_files(config))])
    if not snapshots.load("packages", base):
        executor.migrate(targets)
        snapshots.save("packages", base)
    call_command("migrate", verbosity=verbosity, interactive=False)
    snapshots.save("all", fingerprint())
