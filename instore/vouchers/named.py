"""Which vouchers a till means by what it says."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from instore.stores.models import Store
from instore.vouchers.codes import as_code, as_token, hash_of
from instore.vouchers.ledger import At
from instore.vouchers.models import CreditVoucher
from omni_sync.transactions import inside_transaction


@inside_transaction
def opened_by(said: Iterable[str], *, by_number: bool = False) -> dict[str, CreditVoucher]:
    """The vouchers of these codes and tokens, by what was said; ``by_number``: of these numbers too.

    Their rows are ours until the transaction ends. No query where nothing looks like one.
    """
    words = set(said) - {""}
    digests = {word: hash_of(secret) for word in words if (secret := as_token(word.strip()) or as_code(word))}
    numbers = words - digests.keys() if by_number else set()
    if not digests and not numbers:
        return {}
    mine = Q(code_hash__in=digests.values()) | Q(token_hash__in=digests.values()) | Q(number__in=numbers)
    locked = list(CreditVoucher.objects.filter(mine).order_by("pk").select_for_update(no_key=True))
    found = {bytes(digest): one for one in locked for digest in (one.code_hash, one.token_hash)}
    named = {one.number: one for one in locked if one.number in numbers}
    return named | {word: found[digest] for word, digest in digests.items() if digest in found}


def at_place(partner_id: int | None) -> At:
    """Where a till of this place did it; nowhere that is counted, where people can't walk in."""
    known = partner_id is not None and Store.objects.filter(pk=partner_id).exists()
    return At(partner_id if known else None)
