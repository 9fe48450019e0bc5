"""The goods of a pickup are fetched from the shelf, line by line; what is not there is said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from instore.pickup.exceptions import LineSettled, TooMany, UnknownLine, WrongState
from instore.pickup.models import Pickup, PickupLine, ShortReason, State
from instore.pickup.moves import By, move, note_step, take_turn
from instore.pickup.signals import pickup_answered, pickup_short
from omni_sync.money.parts import part_of
from omni_sync.oscar.models import Order, OrderLine
from omni_sync.oscar.promise import holder_of_order, tracked
from omni_sync.stock.dispatch import give_back
from omni_sync.stock.hold import Line
from omni_sync.stock.models import Hold
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Correction:
    """What a short line takes off the order: ``quantity`` units, which cost ``amount`` with tax after discounts.

    Saying so is all that is done about the money here.
    """

    order: Order
    order_line: OrderLine
    quantity: int
    amount: Decimal
    currency: str


def begin(*, pickup_id: int, by: By) -> Pickup:
    """Start to pick. Raises WrongState, as when somebody else has started."""
    with transaction.atomic():
        pickup = take_turn(pickup_id)
        move(pickup, "begin", by=by)
    return pickup


def mark_picked(*, pickup_id: int, line: int, quantity: int) -> PickupLine:
    """``quantity`` units of the line are in the bag, whatever was said before; said again, it has no effect.

    Raises WrongState, UnknownLine, TooMany, or LineSettled where the line was marked short.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id)
        row = _being_picked(pickup, line)
        if not 0 <= quantity <= row.quantity:
            raise TooMany(quantity, row.quantity)
        row.picked = quantity
        row.save(update_fields=["picked"])
        if row.asked_at and row.is_settled:
            pickup_answered.send(sender=Pickup, pickup=pickup, line=row)
    return row


def mark_short(*, pickup_id: int, line: int, found: int, reason: ShortReason, by: By, note: str = "") -> Correction:
    """Only ``found`` units of the line are there: the rest is no longer promised, and the line is settled.

    Returns what is to be corrected of the money. Raises WrongState, UnknownLine, TooMany where nothing is missing, or
    LineSettled where the line was marked short before.
    """
    with transaction.atomic():
        pickup = take_turn(pickup_id, with_goods=True)
        row = _being_picked(pickup, line)
        if not 0 <= found < row.quantity:
            raise TooMany(found, row.quantity - 1)
        return settle_short(pickup=pickup, row=row, found=found, reason=reason, by=by, note=note)


@inside_transaction
def settle_short(
    *, pickup: Pickup, row: PickupLine, found: int, reason: ShortReason, by: By, note: str = ""
) -> Correction:
    """No more than ``found`` units of ``row`` go into the bag: the rest is let go of, noted and told.

    It is the caller's turn, with the goods.
    """
    row.picked, row.short_reason = found, reason.value
    row.save(update_fields=["picked", "short_reason"])
    missing = row.quantity - found
    _give_back(row.order_line, missing)
    step = note_step(pickup, before=pickup.state, by=by, line=row, note=note)
    correction = corrected(pickup.order, row.order_line, missing)
    pickup_short.send(sender=Pickup, pickup=pickup, step=step, correction=correction)
    return correction


def corrected(order: Order, line: OrderLine, missing: int) -> Correction:
    """What ``missing`` units of the line take off ``order``.

    The price of the line is shared by units, to the smallest coin: what stays and what goes are the whole.
    """
    whole, kept = line.line_price_incl_tax, line.quantity - missing
    stays = part_of(whole, units=kept, of=line.quantity, currency=order.currency)
    return Correction(order, line, missing, whole - stays, order.currency)


def line_of(pickup: Pickup, line: int) -> PickupLine:
    """The line as it is now. Raises UnknownLine, or LineSettled where it was marked short."""
    rows = PickupLine.objects.select_related("order_line__order", "order_line__product")
    row = rows.filter(pickup=pickup, pk=line).first()
    if row is None:
        raise UnknownLine(line)
    if row.short_reason:
        raise LineSettled(line, row.picked)
    return row


def _being_picked(pickup: Pickup, line: int) -> PickupLine:
    if pickup.state != State.PICKING:
        raise WrongState(pickup.state, State.PICKING.value)
    return line_of(pickup, line)


def _give_back(line: OrderLine, missing: int) -> None:
    units = [Line(known.stockrecord_id, missing) for known in tracked([line])]
    give_back(holder=holder_of_order(line.order), lines=units, reason=Hold.Reason.SHORT)
