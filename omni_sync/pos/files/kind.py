"""Which kind of file it is: by its name, else by what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from omni_sync.pos.files.exceptions import Unreadable

Kind = Literal["jsonl", "poslog", "csv"]
BY_NAME: Final[dict[str, Kind]] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "poslog",
    ".csv": "csv",
    ".tsv": "csv",
}
LOOK: Final = 4096


def kind_of(path: Path) -> Kind:
    """What the file is. Raises Unreadable for none of ours, and for a file that is not there."""
    if not path.is_file():
        raise Unreadable("there is no such file")
    try:
        with path.open("rb") as file:
            start = _text(file.read(LOOK)).lstrip()
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    if path.suffix.lower() in BY_NAME:
        return BY_NAME[path.suffix.lower()]
    if start.startswith("<"):
        return "poslog"
    if start.startswith("{"):
        return "jsonl"
    if "\0" not in start and not start.startswith("[") and any(sign in start.partition("\n")[0] for sign in ",;\t|"):
        return "csv"
    raise Unreadable("it is none of native events (.jsonl, one on each line), POSLog (.xml) and .csv")


def _text(start: bytes) -> str:
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return start.decode(encoding, "replace")
