from django.dispatch import Signal
from oscar.apps.customer.signals import user_registered

__all__ = ["order_let_go", "order_promised", "user_registered"]

#: Sent inside the transaction that placed an order, when its goods are promised to it, with ``order``, ``basket`` and
#: ``asked`` (what the checkout was asked for beside the goods: a mapping, empty where it says nothing). Receivers
#: write rows only.
order_promised = Signal()

#: Sent inside the transaction that let go of all that an order held because it was cancelled, with ``order``.
#: Receivers write rows only.
order_let_go = Signal()
