from __future__ import annotations

from collections.abc import Sequence


class MissingLanguage(Exception):
    """These languages have no words yet, so nobody gets the others' either."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__(", ".join(languages))
        self.languages = tuple(languages)


class NoAddress(Exception):
    """Nobody knows where the one who tries it can be reached by this channel."""
