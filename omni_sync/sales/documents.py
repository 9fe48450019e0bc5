"""What a channel tells of a sale or a return, products already matched: the input of this capability."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from omni_sync.sales.models import Sale

ZERO = Decimal(0)
#: The method of what is paid with a credit voucher; its reference names which.
VOUCHER: Final = "voucher"


@dataclass(frozen=True, slots=True)
class Where:
    """Who speaks, and for which store."""

    source: str
    store_id: int
    store_code: str
    store_name: str = ""


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line sold; ``amount`` is after its own discount, ``tax`` of the whole line."""

    line: str
    quantity: int
    unit_price: Decimal
    amount: Decimal
    tax: Decimal = ZERO
    sku: str = ""
    gtin: str = ""
    title: str = ""
    tax_code: str = ""
    product_id: int | None = None
    stockrecord_id: int | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in (or went back), net of change."""

    method: str
    amount: Decimal
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SaleToRecord:
    """A paid transaction as its channel tells it; ``total`` None means the sum of its parts."""

    where: Where
    number: str
    occurred_at: datetime
    currency: str
    lines: Sequence[SaleLine]
    payments: Sequence[Payment]
    event_id: str = ""
    channel: str = Sale.Channel.TILL.value
    tax_included: bool = True
    discount: Decimal = ZERO
    shipping: Decimal = ZERO
    rounding: Decimal = ZERO
    total: Decimal | None = None
    register: str = ""
    associate: str = ""
    exchange: str = ""
    claim: str = ""
    person_id: int | None = None
    flags: Sequence[str] = ()

    @property
    def document(self) -> str:
        return sale_key(self.where.store_code, self.number)

    @property
    def claim_hash(self) -> str:
        """How what a till printed on the receipt is kept; empty for none."""
        return hashlib.sha256(self.claim.encode()).hexdigest() if self.claim else ""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One line that came back; ``restock`` says whether it may be sold again."""

    line: str
    quantity: int
    amount: Decimal
    restock: bool
    original_line: str = ""
    sku: str = ""
    gtin: str = ""
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnToRecord:
    """Goods that came back to ``where``, with the sale or the order they answer, if it was named."""

    where: Where
    number: str
    occurred_at: datetime
    currency: str
    lines: Sequence[ReturnedLine]
    refunds: Sequence[Payment] = ()
    event_id: str = ""
    original_number: str = ""
    original_store_id: int | None = None
    original_store_code: str = ""
    original_order: str = ""
    exchange: str = ""
    person_id: int | None = None
    flags: Sequence[str] = field(default=())

    @property
    def document(self) -> str:
        return return_key(self.where.store_code, self.number)

    @property
    def original_document(self) -> str:
        return sale_key(self.original_store_code, self.original_number) if self.original_number else ""


def sale_key(store_code: str, number: str) -> str:
    """How the ledger names a sale of a store."""
    return f"{store_code}/sale/{number}"


def return_key(store_code: str, number: str) -> str:
    """How the ledger names a return to a store."""
    return f"{store_code}/return/{number}"
