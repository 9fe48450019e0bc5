"""What the environment says, read in one place and typed."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent
POOL_SECONDS = 10  # that a thread waits for a connection of the pool
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable's value; without a default a missing or empty one is refused by name."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Lintas needs it in production.")
    return value


def require(*names: str) -> None:
    """Refuse to start without these, all that are missing in one line."""
    if missing := [name for name in names if not os.environ.get(name)]:
        verb, it = ("is", "it") if len(missing) == 1 else ("are", "them")
        raise ImproperlyConfigured(f"{', '.join(missing)} {verb} not set. Lintas needs {it} in production.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def flag(name: str, *, default: bool) -> bool:
    """1, true, yes, on; or 0, false, no, off."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}.")
    return value in TRUE


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without its blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def group(*names: str) -> dict[str, str]:
    """What is set of these; OWNER_NAME is called ``name`` in it."""
    said = {name.partition("_")[2].lower(): os.environ.get(name, "").strip() for name in names}
    return {name: value for name, value in said.items() if value}


def beginning_with(prefix: str) -> dict[str, str]:
    """All that is set under names with this prefix, without it."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix) and value}


def data_folder() -> Path:
    """Where this machine's engines, media and schedules live."""
    return Path(os.environ.get("LINTAS_DATA") or ROOT / ".lintas").expanduser().resolve()


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL address, taken apart the way libpq does it."""

    name: str
    user: str
    password: str
    host: str
    port: str
    options: dict[str, Any]

    def as_django(self) -> dict[str, Any]:
        """The entry for DATABASES; a kept connection is looked at before each use.

        Each thread keeps its own for DATABASE_CONN_MAX_AGE seconds, or takes one of DATABASE_POOL_SIZE that the threads
        of its process share. PostgreSQL keeps the plan of what a connection said DATABASE_PREPARE_AFTER times: most of
        our statements take longer to plan than to run.
        """
        pool = number("DATABASE_POOL_SIZE", 0)
        shared = {"pool": {"min_size": 1, "max_size": pool, "timeout": POOL_SECONDS}} if pool else {}
        planned = {"server_side_binding": True, "prepare_threshold": number("DATABASE_PREPARE_AFTER", 5) or None}
        return {
            "ENGINE": "settings.database",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "CONN_MAX_AGE": 0 if pool else number("DATABASE_CONN_MAX_AGE", 600),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, "application_name": "lintas", **planned, **shared, **self.options},
        }


def database(default: str | None) -> Database:
    """DATABASE_URL, a libpq address such as ``postgresql://user:secret@host:5432/name?sslmode=require``."""
    url = text("DATABASE_URL", default)
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://: Lintas runs on PostgreSQL only.")
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from None
    return Database(
        name=str(parts.pop("dbname", "lintas")),
        user=str(parts.pop("user", "")),
        password=str(parts.pop("password", "")),
        host=str(parts.pop("host", "")),
        port=str(parts.pop("port", "")),
        options=parts,
    )


def redis(default: str | None) -> str:
    """REDIS_URL, for the cache, the broker and the live updates."""
    url = text("REDIS_URL", default)
    if urlsplit(url).scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured("REDIS_URL must begin with redis:// or rediss://.")
    return url
