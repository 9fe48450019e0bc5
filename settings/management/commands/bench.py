"""``manage.py bench``: the benchmarks, each with its limit measured in the same run."""

import json
import os
import platform
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from settings.bench.rows import QUICK, Size, table
from settings.bench.run import NAMES, BenchError, measure


def weeks(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last or first)


@contextmanager
def stopped_politely() -> Iterator[None]:
    """Told to end, drop the databases first."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Command(BaseCommand):
    help = "Measures the shop's main jobs, each next to its limit; in databases of its own, which it drops."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all of them if none is given"
        )
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
        parser.add_argument("--quick", action="store_true", help="only see that it works; the figures mean little")
        parser.add_argument("--seconds", type=float, metavar="N", help="for each side of each of the rounds")
        parser.add_argument("--weeks", type=weeks, metavar="A-B", help="ingest: these weeks of the log, 1 to 53")
        parser.add_argument("--stores", type=int, metavar="N", help="ingest: its N busiest shops only")
        parser.add_argument("--persons", type=int, metavar="N", help="persons, plan-follow-ups: so many people")

    def handle(self, **options: Any) -> None:
        names = [name.replace("-", "_") for name in options["names"]] or NAMES
        if unknown := set(names) - set(NAMES):
            raise CommandError(f"There is no benchmark {', '.join(sorted(unknown))}. There are {', '.join(NAMES)}.")
        given = {name: options[name] for name in ("seconds", "weeks", "stores", "persons") if options[name] is not None}
        began = time.time()
        rows = []
        try:
            with stopped_politely():
                for row in measure(names, replace(QUICK if options["quick"] else Size(), **given)):
                    rows.append(row)
                    self.stderr.write(f"{row['name']}: {row['figure']:,.0f} {row['unit']}")
        except BenchError as error:
            raise CommandError(f"The benchmark {error} failed, see above.") from None
        for line in table(rows):
            self.stdout.write(line)
        if options["json"]:
            machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
            found = {"began": int(began), "seconds": round(time.time() - began), "machine": machine, "rows": rows}
            options["json"].write_text(json.dumps(found, indent=2) + "\n")
        if failed := [row["name"] for row in rows if not all(row["checks"].values())]:
            raise CommandError(f"Not right, however fast: {', '.join(failed)}.")
