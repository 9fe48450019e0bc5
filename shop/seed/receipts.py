"""What came home to Budi's account by its paper, and what he says he will bring back to his shop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from instore.receipts.claims.attach import attach
from instore.receipts.claims.models import Claim
from instore.receipts.gift import gift_token
from instore.receipts.issue import issue
from instore.returns.announce import WAITS
from instore.returns.models import Announced, AnnouncedLine, Reason
from instore.stores.models import Store
from omni_sync.oscar.models import Order, OrderLine
from omni_sync.people.account import person_of
from omni_sync.sales.models import Return, Sale
from shop.seed import example
from shop.seed.day import Day
from shop.seed.orders import SENT
from shop.seed.people import SHOPPER, accounts

HOURS: Final = 2  # before the end of the day he told the shop


def are_home() -> bool:
    """Whether he kept his receipt, which he does with all the rest."""
    return Claim.objects.filter(person__user__email=SHOPPER.email).exists()


@transaction.atomic
def bring_home(day: Day) -> None:
    """Let Budi keep a receipt from his shop's till, and announce that something from the web comes back there.

    Written as the pages write it but for their questions how long ago it was: a seed may be of any day.
    """
    budi = accounts()[SHOPPER.first_name]
    _keep(budi, day)
    _announce(budi, day)


def _keep(budi: Any, day: Day) -> None:
    """A purchase that the till knew nobody of; it has a gift receipt too."""
    sale = _bought(day)
    receipt = issue(order=sale.order)
    gift_token(receipt=receipt)
    claim = Claim(token_hash=receipt.token_hash, person=person_of(user=budi))
    attach(claim=claim, order=sale.order, sale=sale)
    at = sale.occurred_at + timedelta(minutes=40)
    Claim.objects.filter(pk=claim.pk).update(made_at=at, completed_at=at)


def _bought(day: Day) -> Sale:
    """The last before the day of things without a size, in his own shop if there: sizes he buys under his name.

    Looked at one by one: nobody has counted the new tables yet, and asked all at once PostgreSQL may take minutes.
    """
    nobodys = Sale.objects.filter(channel=Sale.Channel.TILL, person=None, voided_at=None, flags=[])
    nearest = nobodys.filter(occurred_at__lt=day.midnight).annotate(is_near=Q(store__code=example.STORE))
    last = nearest.order_by("-is_near", "-occurred_at", "pk").select_related("order")
    return next(sale for sale in last if not _is_sized(sale) and not _came_back(sale))


def _is_sized(sale: Sale) -> bool:
    return bool(OrderLine.objects.filter(order=sale.order_id).exclude(product__entry__size_system="").exists())


def _came_back(sale: Sale) -> bool:
    return Return.objects.filter(order=sale.order_id).exists()


def _announce(budi: Any, day: Day) -> None:
    """The first line of his last parcel; its shop is told shortly before the day ends. A small shop sent him none."""
    order = Order.objects.filter(user=budi, status=SENT).order_by("date_placed", "pk").last()
    if order is None:
        return
    at = day.until - timedelta(hours=HOURS)
    store = Store.objects.get(partner__code=example.STORE)
    row = Announced.objects.create(order=order, store=store, made_at=at, until=at + WAITS)
    line = order.lines.order_by("pk")[0]
    AnnouncedLine.objects.create(announced=row, order_line=line, quantity=1, reason=Reason.SIZE)
