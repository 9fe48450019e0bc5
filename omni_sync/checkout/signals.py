from django.dispatch import Signal

#: Sent inside the transaction that placed an order whose money is held, with ``order`` and ``payment``. A receiver
#: that will ask for the money later (when the goods change hands) answers True; where nobody does, it is taken at once.
#: Receivers write rows only.
order_paid = Signal()
