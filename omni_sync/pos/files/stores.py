"""Which stores a file means, and what is paid with there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _unknown(store: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Stores:
    """The file's store codes in terms of a connection's.

    ``names`` gives the connection's code for a code of the file, where the two differ; ``default`` is the store of
    what names none; ``currency_of`` the currency of one of the connection's stores, "" when it is not known.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    currency_of: Callable[[str], str] = _unknown

    def named(self, code: str) -> str:
        """The connection's code for what the file calls ``code``; "" when the file names none and none is given."""
        return self.names.get(code, code) if code else self.default
