"""One open offer per product and person: nobody is offered half the price on Monday and a fifth off on Tuesday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp, OpenOffer
from omni_sync.transactions import inside_transaction


@inside_transaction
def open_offers(*, follow_up: FollowUp, root: int, products: Sequence[int], now: datetime) -> bool:
    """Offer these products to this human; False, and nothing is written, where one is offered to them already.

    Whoever calls has locked the human's row.
    """
    theirs = Q(person=root) | Q(person__merged_into=root)
    open_ones = OpenOffer.objects.filter(theirs, product__in=products, ended_at=None)
    open_ones.filter(until__lte=now).update(ended_at=now)
    if open_ones.exists():
        return False
    until = now + conf.offers_open_for()
    OpenOffer.objects.bulk_create(
        OpenOffer(person_id=root, product_id=product, follow_up=follow_up, until=until) for product in sorted(products)
    )
    return True
