"""What a basket holds, as something that can be kept beside it and put back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypedDict

from django.utils import timezone

from omni_sync.carts.live import tell_basket
from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import BasketLine, BasketLineAttribute, StockRecord

Same = tuple[int, str]


class Line(TypedDict):
    """One line. Money as text: JSON knows no decimals."""

    product: int
    record: int
    reference: str
    quantity: int
    currency: str
    excl_tax: str | None
    incl_tax: str | None
    tax_code: str | None
    options: list[tuple[int, Any]]


class Kept(TypedDict):
    """All of a basket that a shopper put into it."""

    lines: list[Line]
    vouchers: list[int]
    place: int | None
    is_chosen: bool


def keep(basket: Any) -> Kept:
    """What ``basket`` holds now: four queries. Whoever writes it afterwards holds its lock."""
    choice = Fulfilment.objects.filter(basket=basket.pk).first()
    return Kept(
        lines=[_line(line) for line in basket.lines.prefetch_related("attributes").order_by("pk")],
        vouchers=sorted(basket.vouchers.values_list("pk", flat=True)),
        place=choice.partner_id if choice else None,
        is_chosen=choice is not None,
    )


def same(line: Line) -> Same:
    """Lines of one product with the same options are the same, wherever their goods come from."""
    return line["product"], repr(sorted((option, repr(value)) for option, value in line["options"]))


def put_back(basket: Any, kept: Kept) -> None:
    """Let ``basket`` hold just what was kept of it, but what has left the catalogue meanwhile."""
    empty(basket)
    there = set(
        StockRecord.objects.filter(pk__in=[line["record"] for line in kept["lines"]]).values_list("pk", flat=True)
    )
    add_lines(basket, [line for line in kept["lines"] if line["record"] in there])
    basket.vouchers.set(kept["vouchers"])
    Fulfilment.objects.filter(basket=basket.pk).delete()
    if kept["is_chosen"]:
        mode = Fulfilment.Mode.COLLECT if kept["place"] else Fulfilment.Mode.DELIVER
        Fulfilment.objects.create(basket=basket, mode=mode, partner_id=kept["place"])
    forget(basket)


def empty(basket: Any) -> None:
    """Take every line out."""
    basket.lines.all().delete()
    forget(basket)


def add_lines(basket: Any, lines: Sequence[Line]) -> None:
    """Write lines into ``basket``, which has none of their references."""
    now = timezone.now()
    made = BasketLine.objects.bulk_create(_row(basket, line, now) for line in lines)
    BasketLineAttribute.objects.bulk_create(
        BasketLineAttribute(line=row, option_id=option, value=value)
        for row, line in zip(made, lines, strict=True)
        for option, value in line["options"]
    )
    forget(basket)


def forget(basket: Any) -> None:
    """What was read of it is old; its other devices hear of that."""
    basket._lines = None
    basket.__dict__.pop("_fulfilment", None)
    basket.reset_offer_applications()
    tell_basket(basket.pk)


def _line(line: Any) -> Line:
    return Line(
        product=line.product_id,
        record=line.stockrecord_id,
        reference=line.line_reference,
        quantity=line.quantity,
        currency=line.price_currency,
        excl_tax=_text(line.price_excl_tax),
        incl_tax=_text(line.price_incl_tax),
        tax_code=line.tax_code,
        options=_options(line.attributes.all()),
    )


def _options(attributes: Iterable[Any]) -> list[tuple[int, Any]]:
    return [(each.option_id, each.value) for each in sorted(attributes, key=lambda each: int(each.pk))]


def _row(basket: Any, line: Line, now: Any) -> Any:
    return BasketLine(
        basket=basket,
        product_id=line["product"],
        stockrecord_id=line["record"],
        line_reference=line["reference"],
        quantity=line["quantity"],
        price_currency=line["currency"],
        price_excl_tax=_amount(line["excl_tax"]),
        price_incl_tax=_amount(line["incl_tax"]),
        tax_code=line["tax_code"],
        date_created=now,
        date_updated=now,
    )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
