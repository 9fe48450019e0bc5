"""The boutique's own handler consumes what it ships, as Oscar's documentation recommends."""

from oscar.apps.order.processing import EventHandler as OscarsEventHandler


class EventHandler(OscarsEventHandler):
    def handle_shipping_event(self, order, event_type, lines, line_quantities, **kwargs):
        self.validate_shipping_event(order, event_type, lines, line_quantities, **kwargs)
        if event_type.code == "shipped":
            self.consume_stock_allocations(order, lines, line_quantities)
        return self.create_shipping_event(order, event_type, lines, line_quantities, **kwargs)
