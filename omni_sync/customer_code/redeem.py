from __future__ import annotations

from django.utils import timezone

from omni_sync.customer_code.exceptions import CodeOpensNothing, Why
from omni_sync.customer_code.models import CustomerCode
from omni_sync.customer_code.tokens import code_hashes, code_in, token_hash, token_in
from omni_sync.transactions import inside_transaction


@inside_transaction
def redeem(*, said: str, place_id: int) -> CustomerCode:
    """The code that ``said`` is (a QR's words, or six letters), used up by this. Raises CodeOpensNothing.

    Of two who use one at once the second is told that it was used.
    """
    found = _found(said)
    if found is None or found.place_id not in (None, place_id):
        raise CodeOpensNothing(Why.UNKNOWN)
    now = timezone.now()
    if not CustomerCode.objects.open(now).filter(pk=found.pk).update(used_at=now):
        raise CodeOpensNothing(Why.EXPIRED if found.used_at is None and found.until <= now else Why.USED)
    return found


def _found(said: str) -> CustomerCode | None:
    rows = CustomerCode.objects.select_related("person")
    if token := token_in(said):
        return rows.filter(token_hash=token_hash(token)).first()
    if code := code_in(said):
        return rows.filter(code_hash__in=code_hashes(code)).order_by("-until").first()
    return None
