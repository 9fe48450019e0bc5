"""Who is there: workers, migrations, open streams, and which release this is."""

import sys
import time
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from typing import Final

import django
from prometheus_client.core import InfoMetricFamily, Metric

from omni_sync.live import open_streams
from settings import health
from settings.environment import ROOT
from settings.metrics.statement import gauge

NEVER: Final = float("inf")


def worker() -> Iterator[Metric]:
    """Needs beat too, who sends the heartbeat."""
    seen = health.worker_seen_at()
    age = NEVER if seen is None else max(time.time() - seen, 0.0)
    yield gauge("worker_heartbeat_age_seconds", "Time since a worker took the heartbeat that beat sends.", age)


def migrations() -> Iterator[Metric]:
    missing = health.missing_migrations()
    yield gauge("migrations_pending", "1 while this code has migrations that the database lacks.", int(bool(missing)))


class Silent(Exception):
    """Nobody can say."""


def streams() -> Iterator[Metric]:
    total = open_streams.total()
    if total is None:
        raise Silent
    yield gauge("streams_open", "Pages that follow the stock, over all web processes, within half a minute.", total)


def build() -> Iterator[Metric]:
    yield InfoMetricFamily(
        "lintas_build",
        "Which release answers.",
        {"version": release(), "python": sys.version.split()[0], "django": django.get_version()},
    )


@lru_cache(maxsize=1)
def release() -> str:
    """As it is installed, or as the checkout says."""
    try:
        return metadata.version("lintas")
    except metadata.PackageNotFoundError:
        project = ROOT / "pyproject.toml"
        return str(tomllib.loads(project.read_text())["project"]["version"]) if project.exists() else "unknown"
