from django.dispatch import Signal

#: Sent inside the transaction that recorded them, with ``sale_ids`` (a list of Sale ids). Receivers write rows only.
sale_recorded = Signal()

#: Sent inside the transaction in which a till voided sales that were known, with ``sale_ids`` (a list of Sale ids).
#: Receivers write rows only.
sale_voided = Signal()

#: Sent inside the transaction in which another document took the place of sales, with ``sale_ids`` (a list of Sale
#: ids). What came back of them stays. Receivers write rows only.
sale_replaced = Signal()

#: Sent inside the transaction that recorded returns, and again in the one in which the sales they waited for arrived,
#: with ``returns`` (a list of Return). Receivers write rows only.
return_recorded = Signal()

#: Sent inside the transaction in which returns that were known turned out never to have happened, or not as told, with
#: ``returns`` (a list of Return). If that is because their sale never happened it is before ``sale_voided``, and the
#: sale says so already. Receivers write rows only.
return_undone = Signal()

#: Sent inside the transaction in which a till handed over goods of an order, with ``order`` and ``sale`` (a
#: SaleToRecord: where, when and by whom). The levels of the goods are locked. Receivers write rows only.
order_handed_over = Signal()

#: Asked of an ``order`` that becomes a sale: whoever knows that less of it goes over the counter says what that costs.
order_costs_asked = Signal()
