"""The boutique numbers and annotates its orders in its own way."""

from oscar.apps.order.utils import OrderCreator as OscarsOrderCreator
from oscar.apps.order.utils import OrderNumberGenerator as OscarsOrderNumberGenerator


class OrderNumberGenerator(OscarsOrderNumberGenerator):
    def order_number(self, basket):
        return f"B-{basket.pk}"


class OrderCreator(OscarsOrderCreator):
    def place_order(self, *args, **kwargs):
        order = super().place_order(*args, **kwargs)
        order.notes.create(message="Wrap it in the blue paper.", note_type="System")
        return order
