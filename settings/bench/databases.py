"""Databases of the benchmarks' own, beside the shop's on the same engine, gone when they are over."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from settings import environment
from settings.embedded.place import STATE, Place

PREFIX = "lintas_bench"


def address(name: str) -> str:
    """DATABASE_URL with another database in it."""
    parts = {**conninfo_to_dict(environment.text("DATABASE_URL")), "dbname": name}
    return f"postgresql://?{urlencode(parts, quote_via=quote)}"


def is_embedded() -> bool:
    """The engine is our own, so its kept dumps and client programs fit."""
    ours = Place(environment.data_folder()).read(STATE).get("database_url")
    return ours is not None and _server(ours) == _server(environment.text("DATABASE_URL"))


@contextmanager
def made(name: str, *, like: str = "template0") -> Iterator[str]:
    """A database for as long as the block runs: its address."""
    _run("CREATE DATABASE {} TEMPLATE {}", name, like)
    try:
        yield address(name)
    finally:
        _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def sweep() -> None:
    """Drop what runs on this machine left that did not come to their end."""
    with _door() as door:
        rows = door.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]).fetchall()
    for (name,) in rows:
        if not _runs(int(name.split("_")[2])):
            _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _server(url: str) -> dict[str, object]:
    return {key: value for key, value in conninfo_to_dict(url).items() if key != "dbname"}


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run(statement: str, *names: str) -> None:
    with _door() as door:
        door.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def _door() -> psycopg.Connection:
    return psycopg.connect(environment.text("DATABASE_URL"), autocommit=True)
