from __future__ import annotations


class Retry(Exception):
    """It was certainly not taken; it may be later, not before ``after`` seconds where the channel said so."""

    def __init__(self, why: str, *, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Unheard(Exception):
    """It may have been taken: the line broke before the answer came."""


class Reject(Exception):
    """This message will never be taken; ``why`` is the channel's own word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Stale(Exception):
    """Somebody changed it since it was read; ``revision`` is what it is now."""

    def __init__(self, revision: int) -> None:
        super().__init__(revision)
        self.revision = revision
