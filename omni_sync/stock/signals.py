from django.dispatch import Signal

#: Sent inside the transaction that changed levels, with ``record_ids`` (a sorted list of stock record ids).
#: Receivers write rows, or ask for work after commit; nothing else.
stock_changed = Signal()
