from django.dispatch import Signal

#: Sent inside the transaction that recorded them, with ``sale_ids`` (a list of Sale ids). Receivers write rows only.
sale_recorded = Signal()
