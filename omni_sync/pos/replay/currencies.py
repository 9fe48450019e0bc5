"""What is paid with at the stores of a connection."""

from __future__ import annotations

from functools import cached_property

from omni_sync.pos.models import ConnectionStore


class Currencies:
    """The currency of each store, by the connection's code for it; looked up when it is first asked for."""

    def __init__(self, connection: str) -> None:
        self.connection = connection

    def __call__(self, store: str) -> str:
        """The store's currency; "" when it has none."""
        return self._known.get(store, "")

    @cached_property
    def _known(self) -> dict[str, str]:
        stores = ConnectionStore.objects.filter(connection__name=self.connection)
        return {code: currency or "" for code, currency in stores.values_list("code", "store__location__currency")}
