from django.dispatch import Signal

#: Sent inside the transaction that placed an order whose money is held, with ``order`` and ``payment``. A receiver
#: that will ask for the money later (when the goods change hands) answers True; where nobody does, it is taken at once.
#: Receivers write rows only.
order_paid = Signal()

#: Sent while the last page of a checkout is made, with ``basket``. A receiver that knows when its goods may be
#: collected answers with the Times there are (``omni_sync.checkout.times``), the soonest first. Receivers only read.
times_asked = Signal()
