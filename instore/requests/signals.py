"""What becomes of a request, told in the transaction in which it happens."""

from django.dispatch import Signal

request_changed = Signal()  # request: Request
