"""All of them are sent inside the transaction that changed the pickup, once per change. Receivers write rows only."""

from django.dispatch import Signal

#: With ``pickup`` and ``step``.
pickup_placed = Signal()
pickup_ready = Signal()
pickup_collected = Signal()
pickup_cancelled = Signal()
pickup_expired = Signal()

#: With ``pickup``: its shopper is at the store, or named somebody who may come instead.
pickup_expects = Signal()

#: With ``pickup``, ``step`` and ``correction``: fewer than ordered go into the bag.
pickup_short = Signal()

#: With ``pickup`` and ``line``: its shopper is asked whether they wait for the rest of it.
pickup_asked = Signal()

#: With ``pickup`` and ``line``: they said so, or the goods were found meanwhile.
pickup_answered = Signal()
