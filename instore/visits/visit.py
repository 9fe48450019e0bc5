"""The basket of the shopper who is served at a tablet: known to who is signed in there, and gone when it is locked."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest

from instore.staff import session
from instore.staff.guard import OnDuty
from instore.visits.exceptions import UnknownArticle
from omni_sync.carts.fulfilment import choose
from omni_sync.carts.put import put_in
from omni_sync.carts.turns import take_turn
from omni_sync.catalogue.scanned import gtins_said
from omni_sync.oscar.models import Product, StockRecord
from omni_sync.oscar.visitor import visitors_basket

#: What the session keeps while somebody is signed in: the basket, and the hand-offs that were shown, opened and taken.
BASKET: Final = "visit"
GIVEN: Final = "visit_given"
OPENED: Final = "visit_opened"
TAKEN: Final = "visit_taken"
LONGEST: Final = 500


def basket_at(request: HttpRequest) -> Any:
    """The basket of who is served at this tablet; one that is not saved where nothing was put into it."""
    return visitors_basket(session.remembered(request, BASKET))


def keep_basket(request: HttpRequest, basket: Any) -> None:
    """It is the one of this visit until the visit is over or the tablet is locked."""
    session.remember(request, BASKET, basket.pk)


def begin_here(basket: Any, duty: OnDuty) -> None:
    """What is new at a tablet is collected in its store."""
    if not basket.pk:
        choose(basket=basket, place=duty.store.partner)


def add_article(*, basket: Any, said: str, seen: int, duty: OnDuty) -> bool:
    """One more of what was scanned or typed; False, and nothing done, where the basket holds other than ``seen`` units.

    A tap that is sent twice is one of those. Raises UnknownArticle, NotToBeHad and BasketClosed.
    """
    product = article_said(said, duty)
    with transaction.atomic():
        begin_here(basket, duty)
        take_turn(basket)
        if _units(basket) != seen:
            return False
        put_in(basket=basket, product=product)
    return True


def article_said(said: str, duty: OnDuty) -> Product:
    """What a scanner read off the article, or its SKU at this store. Raises UnknownArticle."""
    said = said.replace("\x00", "").strip()[:LONGEST]
    here = StockRecord.objects.filter(partner=duty.store.partner_id, partner_sku__iexact=said)
    record = here.select_related("product__product_class", "product__parent__product_class").first() if said else None
    found: Product | None = record.product if record else _by_gtin(said)
    if found is None or not found.is_public:
        raise UnknownArticle(said)
    return found


def end_visit(request: HttpRequest) -> None:
    """This tablet knows nothing of the shopper any more; what was not handed on is gone."""
    basket = basket_at(request)
    for name in (BASKET, GIVEN, OPENED, TAKEN):
        session.remember(request, name, None)
    if basket.pk:
        basket.delete()


def _units(basket: Any) -> int:
    return int(basket.lines.aggregate(units=Sum("quantity"))["units"] or 0)


def _by_gtin(said: str) -> Product | None:
    rows = gtins_said(said).select_related("product__product_class", "product__parent__product_class")
    row = rows.first()
    return row.product if row else None
