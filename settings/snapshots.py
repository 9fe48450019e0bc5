"""Dumps of freshly migrated databases, by name and fingerprint; a cache that may be deleted at any time."""

import subprocess
from pathlib import Path

from django.db import connection

from settings.embedded.postgres import BIN
from settings.environment import ROOT

FOLDER = ROOT / ".lintas" / "snapshots"


def _client(program: str, *arguments: str) -> None:
    """Run PostgreSQL's own client on the default database."""
    place = connection.settings_dict
    whom = ["-h", place["HOST"], "-U", place["USER"], "-d", place["NAME"]]
    subprocess.run([BIN / program, *whom, *arguments], check=True, capture_output=True, text=True)  # noqa: S603


def _file(name: str, fingerprint: str) -> Path:
    return FOLDER / f"{name}-{fingerprint}.sql"


def save(name: str, fingerprint: str) -> None:
    """Keep this database's content, and forget what had the same name."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = _file(name, fingerprint)
    unfinished = file.with_suffix(".unfinished")
    _client("pg_dump", "--no-owner", "--no-privileges", "--no-comments", "-f", str(unfinished))
    for old in FOLDER.glob(f"{name}-*.sql"):
        old.unlink(missing_ok=True)
    unfinished.rename(file)


def load(name: str, fingerprint: str) -> bool:
    """Fill this empty database, all or nothing; False if there is no such dump."""
    file = _file(name, fingerprint)
    if not file.exists():
        return False
    _client("psql", "-qX1", "-v", "ON_ERROR_STOP=1", "-f", str(file))
    return True
