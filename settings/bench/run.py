"""Every benchmark in a process and a database of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from settings.bench import databases
from settings.bench.__main__ import SCHEMA
from settings.bench.rows import Size
from settings.environment import ROOT

NAMES: Final = (
    "hold",
    "ingest",
    "door",
    "availability",
    "product",
    "resolver",
    "landing",
    "catalogue",
    "search",
    "freshness",
    "orders",
    "today",
    "customer",
    "taps",
    "cart",
    "persons",
    "plan_follow_ups",
    "labels",
    "kiosk_scan",
    "receipts",
    "dispatch",
)


class BenchError(Exception):
    """A benchmark came to no end; what it said is above."""


def measure(names: Sequence[str], size: Size) -> Iterator[dict[str, Any]]:
    """The rows of these benchmarks, as JSON has them; the shop's data is never touched."""
    databases.sweep()
    template = f"{databases.PREFIX}_{os.getpid()}"
    with databases.made(template) as address:
        _part(SCHEMA, size, _environ(template, address, size))
        for name in names:
            with databases.made(f"{template}_{name}", like=template) as own:
                yield from json.loads(_part(name, size, _environ(template, own, size)))


def _environ(run: str, address: str, size: Size) -> dict[str, str]:
    data = {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "settings.bench.settings",
        "LINTAS_BENCH": run,
        "LOG_LEVEL": "WARNING",
    }
    if size.processes:
        data["WEB_WORKERS"] = str(size.processes)
    return {**os.environ, **data}


def _part(name: str, size: Size, environ: Mapping[str, str]) -> bytes:
    """Run it tied to us: it ends when we do, however we end."""
    command = [sys.executable, "-m", "settings.tether", sys.executable, "-m", "settings.bench"]
    process = subprocess.Popen(  # noqa: S603
        [*command, name, json.dumps(asdict(size))], cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        said = process.stdout.read()
    finally:
        process.stdin.close()
        process.wait()
    if process.returncode:
        raise BenchError(name)
    return said
