from django.dispatch import Signal

#: Sent after entries were written, inside the transaction that did; what was remembered of the catalogue is old.
entries_changed = Signal()
