from __future__ import annotations

from enum import StrEnum


class BadCursor(Exception):
    """No cursor of ours is written so."""


class CursorGone(Exception):
    """What came after this cursor is not all kept any more; ``oldest`` is where what is kept begins."""

    def __init__(self, oldest: str) -> None:
        super().__init__(oldest)
        self.oldest = oldest


class NotListening(Exception):
    """The connection has no webhook."""


class WhyNotThere(StrEnum):
    SHAPE = "shape"
    SCHEME = "scheme"
    ADDRESS = "address"


class WebhookRefused(Exception):
    """We don't send anything to this address, and why."""

    def __init__(self, why: WhyNotThere) -> None:
        super().__init__(why.value)
        self.why = why
