"""Sent inside the transaction that learned it, each with ``payment_id``; receivers write rows only."""

from django.dispatch import Signal

#: The money is held for us. Sent once for each payment, before ``payment_captured`` where both are learned at once.
#: Somebody may have asked to let go of it just then: look at ``cancel_asked_at`` first.
payment_authorised = Signal()

#: Nothing will come of the payment; ``ending`` (port.Ending) says why. A declined card is not the end: the shopper may
#: try another one until the provider's page expires.
payment_failed = Signal()

#: ``amount`` has become ours.
payment_captured = Signal()

#: ``amount`` more was given back; ``total`` with all before.
payment_refunded = Signal()

#: The provider will never do what it was asked, or a refund came back (``code`` is "bounced"); with ``call_id``,
#: ``kind`` (Call.Kind) and ``code``.
call_refused = Signal()
