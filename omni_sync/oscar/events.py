"""What staff do with an order in Oscar's dashboard, told to the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from omni_sync.conf import means_departure
from omni_sync.oscar import allocations

if TYPE_CHECKING:
    from oscar.apps.order.processing import EventHandler
else:
    EventHandler = object


class LedgerEvents(EventHandler):
    """Goods leave by the ledger: once for a shipping event, however the shop's own handler goes about it."""

    #: None outside a shipping event; inside one, whether its goods have left yet.
    _left: bool | None = None

    def handle_shipping_event(self, *args: Any, **kwargs: Any) -> Any:
        """Record the event and move its goods, or neither."""
        with transaction.atomic(), self._one_departure():
            return super().handle_shipping_event(*args, **kwargs)

    def create_shipping_event(
        self, order: Any, event_type: Any, lines: list[Any], line_quantities: list[int], **kwargs: Any
    ) -> Any:
        """Write the event; one of LINTAS_DISPATCH_EVENTS moves its goods out of the books."""
        with transaction.atomic():
            event = super().create_shipping_event(order, event_type, lines, line_quantities, **kwargs)
            if means_departure(event_type.code) and not self._left:
                allocations.ship(order, allocations.parts(lines, line_quantities), event)
                self._departed()
        return event

    def are_stock_allocations_available(self, lines: Sequence[Any], line_quantities: Sequence[int]) -> bool:
        """Whether the orders of these lines still hold what is asked of them."""
        return allocations.are_held(allocations.parts(lines, line_quantities))

    def consume_stock_allocations(
        self, order: Any, lines: Sequence[Any] | None = None, line_quantities: Sequence[int] | None = None
    ) -> None:
        """Move what the order still holds of these lines, or of all, out of the books."""
        if not self._left:
            with transaction.atomic():
                allocations.consume(order, allocations.parts(lines or order.lines.all(), line_quantities))
            self._departed()

    def cancel_stock_allocations(
        self, order: Any, lines: Sequence[Any] | None = None, line_quantities: Sequence[int] | None = None
    ) -> None:
        """Let go of what the order still holds of these lines, or of all."""
        with transaction.atomic():
            allocations.cancel(order, allocations.parts(lines or order.lines.all(), line_quantities))

    def _departed(self) -> None:
        if self._left is not None:
            self._left = True

    @contextmanager
    def _one_departure(self) -> Iterator[None]:
        self._left = False
        try:
            yield
        finally:
            self._left = None
