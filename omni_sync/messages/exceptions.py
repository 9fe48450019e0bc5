from __future__ import annotations


class Retry(Exception):
    """Nobody could take the letter now; it may be taken later."""


class Reject(Exception):
    """This letter will never be taken; ``why`` is the channel's own word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
