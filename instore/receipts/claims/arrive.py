"""The sale arrives that somebody scanned the receipt of before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils import timezone

from instore.receipts.claims.attach import attach, check_free
from instore.receipts.claims.exceptions import AllReturned, AlreadyClaimed, SaleTakenBack, TooOldToClaim
from instore.receipts.claims.models import Claim
from instore.receipts.claims.standing import check_standing
from instore.receipts.claims.turns import take_turns_for
from omni_sync.sales.models import Sale
from omni_sync.transactions import inside_transaction


@inside_transaction
def complete_waiting(*, sale_ids: Sequence[int]) -> int:
    """Claims that waited for these sales are complete; how many. Two queries where nobody waited, one without claims.

    What is recorded in the place of a sale that was claimed is claimed as that was. A token that more than one sale
    carries completes nothing, nor does a sale that could not be claimed.
    """
    printed = take_turns_for(sale_ids)
    if not printed:
        return 0
    found = {
        bytes(claim.token_hash): claim
        for claim in Claim.objects.open(timezone.now())
        .filter(token_hash__in=set(printed.values()))
        .select_related("person__user")
    }
    waited = {sale: found[digest] for sale, digest in printed.items() if digest in found}
    return _complete(waited) if waited else 0


def _complete(waited: dict[int, Claim]) -> int:
    hashes = [bytes(claim.token_hash).hex() for claim in waited.values()]
    carried = Counter(Sale.objects.filter(claim_hash__in=hashes, voided_at=None).values_list("claim_hash", flat=True))
    done = 0
    for sale in Sale.objects.filter(pk__in=waited).select_related("order", "person"):
        if carried[sale.claim_hash] == 1:
            done += _complete_one(waited[sale.pk], sale)
    return done


def _complete_one(claim: Claim, sale: Sale) -> bool:
    try:
        check_standing(sale.order, sale)
        check_free(order=sale.order, sale=sale, person=claim.person)
    except (AllReturned, AlreadyClaimed, SaleTakenBack, TooOldToClaim):
        return False
    attach(claim=claim, order=sale.order, sale=sale)
    return True
