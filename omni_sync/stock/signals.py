from django.dispatch import Signal

#: Sent inside the transaction that changed levels, with ``record_ids`` (a sorted list of stock record ids) and, by
#: those who have it at hand, ``products`` (the product id of each record). Receivers write rows, or ask for work after
#: commit; nothing else. Its senders are classes, which Django may remember.
stock_changed = Signal(use_caching=True)
