from dataclasses import dataclass
from decimal import Decimal


@dataclass
class NotPaidYet(Exception):
    """There is no receipt of an order that nobody has paid or taken along; ``due`` is what is still to be paid."""

    due: Decimal
    currency: str


@dataclass
class ReceiptUnknown(LookupError):
    """No receipt has this number, or is opened by this token; ``several`` where more than one has."""

    several: bool = False
