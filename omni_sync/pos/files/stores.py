"""Which stores a file means, and what is paid with there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from omni_sync.pos.models import ConnectionStore


@dataclass
class Stores:
    """The file's store codes in terms of ``connection``'s.

    ``names`` gives the connection's code for a code of the file, where the two differ; ``default`` is the store of
    what names none.
    """

    connection: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    default: str = ""

    def named(self, code: str) -> str:
        """The connection's code for what the file calls ``code``; "" when the file names none and none is given."""
        return self.names.get(code, code) if code else self.default

    def currency_of(self, store: str) -> str:
        """The currency of one of the connection's stores; "" when it is not known."""
        return self._currencies.get(store, "")

    @cached_property
    def _currencies(self) -> dict[str, str]:
        rows = ConnectionStore.objects.filter(connection__name=self.connection)
        return {code: currency or "" for code, currency in rows.values_list("code", "store__location__currency")}
