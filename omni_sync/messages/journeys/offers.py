"""One open offer per product and person: nobody is offered half the price on Monday and a fifth off on Tuesday.

A size is its style here: whoever is offered one is offered the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp, OpenOffer, Step
from omni_sync.oscar.models import Product, Voucher
from omni_sync.transactions import inside_transaction


def offer_of(step: Step, now: datetime) -> Voucher | None:
    """What the step offers, if that holds now: one that is over, or has not begun, is no offer."""
    offer = step.offer
    return offer if offer is not None and offer.is_active(now) else None


@inside_transaction
def is_offered(*, root: int, products: Iterable[int], now: datetime) -> bool:
    """Whether one of these is offered to this human already. Whoever calls has locked the human's row."""
    return _open(root, _styles(products)).filter(until__gt=now).exists()


@inside_transaction
def open_offers(
    *, follow_up: FollowUp, root: int, products: Iterable[int], now: datetime, ends: datetime | None = None
) -> bool:
    """Offer these products to this human, until ``ends`` at most; False, and nothing is offered, where one is already.

    Whoever calls has locked the human's row.
    """
    styles = _styles(products)
    open_ones = _open(root, styles)
    open_ones.filter(until__lte=now).update(ended_at=now)
    if open_ones.exists():
        return False
    until = now + conf.offers_open_for()
    until = min(until, ends) if ends else until
    OpenOffer.objects.bulk_create(
        OpenOffer(person_id=root, product_id=style, follow_up=follow_up, until=until) for style in styles
    )
    return True


def _open(root: int, styles: Sequence[int]) -> QuerySet[OpenOffer]:
    theirs = Q(person=root) | Q(person__merged_into=root)
    of_these = Q(product__in=styles) | Q(product__parent__in=styles)
    return OpenOffer.objects.filter(theirs, of_these, ended_at=None)


def _styles(products: Iterable[int]) -> list[int]:
    """Each once, in their order; of what is gone there is none."""
    known = Product.objects.filter(pk__in=set(products)).annotate(style=Coalesce("parent", "pk"))
    return sorted(set(known.values_list("style", flat=True)))
