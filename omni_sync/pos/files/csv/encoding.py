"""Which encoding a text file is in."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from omni_sync.pos.files.exceptions import Unreadable

BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PORTION: Final = 1024 * 1024
UNDEFINED_IN_CP1252: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")


def encoding_of(path: Path) -> str:
    """``utf-8-sig`` or ``utf-16`` by their mark, ``utf-8`` when all of it is, else ``cp1252`` when all of it can be.

    Raises Unreadable for anything else: somebody who knows must say it.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, could_be_cp1252 = True, True
    with path.open("rb") as file:
        portion = file.read(PORTION)
        for mark, name in BOMS:
            if portion.startswith(mark):
                return name
        while portion and (is_utf8 or could_be_cp1252):
            is_utf8 = is_utf8 and _decodes(decoder, portion)
            could_be_cp1252 = could_be_cp1252 and not UNDEFINED_IN_CP1252.intersection(portion) and b"\0" not in portion
            portion = file.read(PORTION)
    if not is_utf8 and not could_be_cp1252:
        raise Unreadable("it is neither UTF-8 nor Windows-1252: say its encoding")
    return "utf-8" if is_utf8 else "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, portion: bytes) -> bool:
    try:
        decoder.decode(portion)
    except UnicodeDecodeError:
        return False
    return True
