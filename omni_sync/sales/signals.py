from django.dispatch import Signal

#: Sent inside the transaction that recorded them, with ``sale_ids`` (a list of Sale ids). Receivers write rows only.
sale_recorded = Signal()

#: Sent inside the transaction in which a till voided sales that were known, with ``sale_ids`` (a list of Sale ids).
#: Receivers write rows only.
sale_voided = Signal()

#: Sent inside the transaction in which a till handed over goods of an order, with ``order`` and ``sale`` (a
#: SaleToRecord: where, when and by whom). The levels of the goods are locked. Receivers write rows only.
order_handed_over = Signal()

#: Asked of an ``order`` that becomes a sale: whoever knows that less of it goes over the counter says what that costs.
order_costs_asked = Signal()
