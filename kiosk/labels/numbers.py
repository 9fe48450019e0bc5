"""Lists of goods that people bring along: SKUs or GTINs, one a line, or a column of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.labels.begin import MOST
from kiosk.labels.exceptions import UnreadableList
from omni_sync.pos.files.csv.encoding import encoding_of
from omni_sync.pos.files.exceptions import Unreadable

LARGEST: Final = 1024 * 1024  # bytes
LONGEST: Final = 128  # characters of a SKU
COLUMNS: Final = ("sku", "gtin", "ean", "ean13", "upc", "barcode")
DELIMITERS: Final = ";\t|,"


def numbers_of(path: Path) -> list[str]:
    """The numbers in a file: of the column that a header names ``sku`` or ``gtin``, else of the first one.

    UTF-8, UTF-16 with its mark, or Windows-1252. Raises UnreadableList.
    """
    if path.stat().st_size > LARGEST:
        raise UnreadableList
    try:
        text = path.read_text(encoding=encoding_of(path))
    except (Unreadable, UnicodeError) as error:
        raise UnreadableList from error
    return numbers_in(text)


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, each once, in their order. Raises UnreadableList for more than a run can have."""
    if "\0" in text:
        raise UnreadableList
    try:
        found = list(dict.fromkeys(number for number in _cells(text) if number))
    except csv.Error as error:
        raise UnreadableList from error
    if len(found) > MOST or any(len(number) > LONGEST for number in found):
        raise UnreadableList
    return found


def _cells(text: str) -> Iterator[str]:
    lines = text.lstrip("\ufeff").strip()
    first = lines.partition("\n")[0]
    delimiter = next((one for one in DELIMITERS if one in first), ",")
    rows = csv.reader(io.StringIO(lines), delimiter=delimiter)
    header = [cell.strip().lower() for cell in next(rows, [])]
    column = next((header.index(name) for name in COLUMNS if name in header), None)
    if column is None:
        column = 0
        yield first.split(delimiter)[0].strip(' "\r')
    for row in rows:
        if len(row) > column:
            yield row[column].strip()
