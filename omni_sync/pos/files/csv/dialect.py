"""How one till writes its exports: its names for our columns, its numbers, dates and encoding."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from omni_sync.pos.files.csv.columns import COLUMNS, NATIVE, TYPES
from omni_sync.pos.files.exceptions import Unreadable


@dataclass(frozen=True, slots=True)
class Dialect:
    """What has to be known of an export beyond what it says itself; "" means as the file shows it.

    ``columns``, ``types`` and ``stores`` give our name for theirs. ``decimal`` is "." or ",": stated, the other of the
    two may group thousands. ``dates`` is a strptime pattern; without one, times are ISO 8601. ``type`` and ``store``
    are of files that have no such column.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    stores: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ""
    encoding: str = ""
    decimal: str = ""
    dates: str = ""
    type: str = ""
    store: str = ""

    def __post_init__(self) -> None:
        for theirs, ours in self.columns.items():
            if ours not in COLUMNS:
                raise Unreadable(f"the column {theirs!r} is mapped to {ours!r}, which is not one of ours")
        for kind in [*self.types.values(), *filter(None, [self.type])]:
            if kind not in TYPES and kind not in NATIVE:
                raise Unreadable(f"{kind!r} is not a type of event: {', '.join(sorted(NATIVE))}")
        if self.decimal not in ("", ".", ","):
            raise Unreadable('the decimal sign is "." or ","')
        if self.delimiter and (len(self.delimiter) != 1 or self.delimiter in '"\r\n '):
            raise Unreadable("a delimiter is one character, and none that cells are written with")

    def kind(self, said: str) -> str:
        """The native type of what the file calls ``said``; as it is when it is nobody's name for one."""
        ours = self.types.get(said, said)
        return TYPES.get(ours.lower(), ours)


def read_dialect(path: Path) -> dict[str, Any]:
    """The parts of a Dialect written in a TOML file. Raises Unreadable."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path.name}: {error}") from error
    known = {f.name: f for f in fields(Dialect)}
    for name, value in said.items():
        if name not in known:
            raise Unreadable(f"{path.name}: {name!r} is not one of {', '.join(known)}")
        table = name in ("columns", "types", "stores")
        if not (isinstance(value, dict) if table else isinstance(value, str)):
            raise Unreadable(f"{path.name}: {name} is a {'table' if table else 'text'}")
        if table and not all(isinstance(ours, str) for ours in value.values()):
            raise Unreadable(f"{path.name}: everything in {name} is a text")
    return said
