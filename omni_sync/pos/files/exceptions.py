from __future__ import annotations


class Unreadable(Exception):
    """The file can't be read at all: nothing of it is taken. ``reason`` is for whoever made the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unsayable(Exception):
    """A document of the file that no event can say; ``reason`` is for whoever made the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
