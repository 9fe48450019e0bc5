from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from instore.requests.models import Request, State
from instore.requests.signals import request_changed
from instore.requests.tokens import token_hash


def cancel(*, token: str) -> bool:
    """The asker needs nobody any more; False where it had ended already, or the token opens nothing."""
    with transaction.atomic(durable=True):
        rows = Request.objects.open().filter(token_hash=token_hash(token))
        request = rows.select_for_update().first()
        if request is None:
            return False
        rows.update(state=State.CANCELLED, ended_at=timezone.now())
        request.state = State.CANCELLED
        request_changed.send(Request, request=request)
    return True
