"""What some of a line's units cost, where only the whole line has a price."""

from decimal import Decimal

from omni_sync.money.allocation import allocate


def part_of(whole: Decimal, *, units: int, of: int, currency: str) -> Decimal:
    """What ``units`` of the ``of`` units that cost ``whole`` together are worth, a half rounded up.

    Taken from what is left, time after time, the parts are the whole: the last one leaves nothing.
    """
    return allocate(total=whole, weights=[Decimal(units), Decimal(of - units)], currency=currency)[0]
