"""Where a reader is in what we tell: the transaction that told, and the event; opaque outside."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final, NamedTuple

from omni_sync.pos.outbox.exceptions import BadCursor

LARGEST: Final = 2**63 - 1  # of a bigint
_WRITTEN = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
_MEANT = re.compile(rb"(0|[1-9][0-9]{0,18})\.(0|[1-9][0-9]{0,18})")


class Cursor(NamedTuple):
    """Everything up to here, in this order, was read."""

    xact: int
    event: int

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.xact}.{self.event}".encode()).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The cursor that was written so. Raises BadCursor."""
        if not _WRITTEN.fullmatch(text):
            raise BadCursor(text)
        try:
            meant = _MEANT.fullmatch(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, ValueError) as error:
            raise BadCursor(text) from error
        found = cls(*map(int, meant.groups())) if meant else None
        if found is None or max(found) > LARGEST or str(found) != text:
            raise BadCursor(text)
        return found


BEGINNING: Final = Cursor(0, 0)
