from django.dispatch import Signal

#: Sent with ``request`` after its reader added a purchase to their account: what a session remembers of them is old
#: now. Receivers look again; they write nothing but the session.
receipt_claimed = Signal()
