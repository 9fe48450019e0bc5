"""Which source a replay was asked for, and whether its options fit it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from omni_sync.pos.files.csv.dialect import Dialect, read_dialect
from omni_sync.pos.files.csv.source import CsvFile
from omni_sync.pos.files.jsonl import Lines
from omni_sync.pos.files.kind import kind_of
from omni_sync.pos.files.poslog.source import PosLog
from omni_sync.pos.files.stores import Stores
from omni_sync.pos.replay.completejourney import CompleteJourney
from omni_sync.pos.replay.currencies import Currencies
from omni_sync.pos.replay.source import Source

JOURNEY: Final = "completejourney"
OF_THE_JOURNEY: Final = ("stores", "weeks")
OF_CSV: Final = ("columns", "mapping", "delimiter", "encoding", "decimal", "dates", "type")
OPTIONS: Final = {
    JOURNEY: OF_THE_JOURNEY,
    "jsonl": (),
    "poslog": ("store",),
    "csv": ("store", *OF_CSV),
}


class Unfit(Exception):
    """The options don't fit the source, in words for whoever gave them."""


def choose(options: Mapping[str, Any]) -> Source:
    """The source that ``options`` of the command name.

    Raises Unfit, Unreadable when it can't be read at all, and ModuleNotFoundError for a log that is not installed.
    """
    path = Path(options["source"])
    kind = JOURNEY if options["source"] == JOURNEY else kind_of(path)
    for name in {*OF_THE_JOURNEY, *OF_CSV, "store"} - {*OPTIONS[kind]}:
        if options.get(name):
            raise Unfit(f"--{name} means nothing for it")
    if kind == JOURNEY:
        return CompleteJourney(weeks=_weeks(options["weeks"]), stores=options["stores"])
    if kind == "jsonl":
        return Lines(path)
    names, default = _stores(options["store"])
    if kind == "poslog":
        return PosLog(path, Stores(names, default, Currencies(options["connection"])))
    dialect = _dialect(options, names, default)
    return CsvFile(path, dialect, Stores(dialect.stores, dialect.store, Currencies(options["connection"])))


def _dialect(options: Mapping[str, Any], names: dict[str, str], default: str) -> Dialect:
    """What the mapping file says, and the options above it."""
    said = read_dialect(Path(options["mapping"])) if options["mapping"] else {}
    columns = dict(_pair(given, "--columns") for given in options["columns"])
    above = {name: options[name] for name in ("delimiter", "encoding", "decimal", "dates", "type") if options[name]}
    above |= {"store": default} if default else {}
    tables = {"columns": {**said.get("columns", {}), **columns}, "stores": {**said.get("stores", {}), **names}}
    return Dialect(**{**said, **above, **tables})


def _stores(given: list[str]) -> tuple[dict[str, str], str]:
    """Our codes for theirs, and the store of what names none."""
    alone = [one for one in given if "=" not in one]
    if len(alone) > 1:
        raise Unfit("one --store alone is enough: the others are written THEIRS=OURS")
    return dict(_pair(one, "--store") for one in given if "=" in one), alone[0] if alone else ""


def _pair(given: str, option: str) -> tuple[str, str]:
    theirs, equals, ours = given.rpartition("=")
    if not (equals and theirs.strip() and ours.strip()):
        raise Unfit(f"{option} is written THEIRS=OURS")
    return theirs.strip(), ours.strip()


def _weeks(text: str | None) -> tuple[int, int] | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise Unfit("--weeks is written A-B, such as 1-4")
    return int(first), int(last or first)
