"""The nine native events, as CONTRACTS has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import Field, TypeAdapter, field_validator, model_validator

from omni_sync.money.amounts import parse
from omni_sync.money.exceptions import InvalidAmount, UnsupportedCurrency
from omni_sync.pos.adapters.native.fields import (
    Adjusted,
    Counted,
    Currency,
    EventId,
    GtinText,
    Instant,
    Money,
    Rate,
    Shape,
    SignedMoney,
    Sold,
    Text64,
    Text128,
    Words,
)

#: Oscar's columns hold decimal(12, 2).
TOO_MUCH: Final = Decimal(10**10)


class Item(Shape):
    """A line that names a product by SKU or GTIN."""

    line: Text64
    sku: Text128 | None = None
    gtin: GtinText | None = None

    @model_validator(mode="after")
    def named(self) -> Self:
        if not self.sku and not self.gtin:
            raise ValueError("a line needs a sku or a gtin")
        return self


class SoldItem(Item):
    title: Words | None = None
    quantity: Sold
    unit_price: Money
    discount: Money = "0"
    amount: Money | None = None
    tax: Money = "0"
    tax_rate: Rate | None = None
    order: Text128 | None = None
    order_line: Text64 | None = None

    def money(self) -> Iterator[str]:
        yield from (self.unit_price, self.discount, self.tax)
        if self.amount is not None:
            yield self.amount

    def most(self) -> Decimal:
        """The largest sum that is made of the line, before discounts or after."""
        return max(Decimal(self.unit_price) * self.quantity, Decimal(self.amount or 0)) + Decimal(self.tax)


class ReturnedItem(Item):
    original_line: Text64 | None = None
    quantity: Sold
    amount: Money
    restock: bool = False


class CountedItem(Item):
    quantity: Counted


class AdjustedItem(Item):
    quantity: Adjusted
    reason: Words | None = None

    @field_validator("quantity")
    @classmethod
    def changes_something(cls, value: int) -> int:
        if value == 0:
            raise ValueError("an adjustment of 0 adjusts nothing")
        return value


class MovedItem(Item):
    quantity: Sold


def _no_duplicates(lines: Sequence[Item]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.line in seen:
            raise ValueError(f"two lines are called {line.line!r}")
        seen.add(line.line)


class WithLines(Shape):
    """Every event with lines has at least one, each with its own name."""

    lines: Sequence[Item]

    @model_validator(mode="after")
    def lines_have_names(self) -> Self:
        if not self.lines:
            raise ValueError("there are no lines")
        _no_duplicates(self.lines)
        return self


def _same_decimals(currency: str, amounts: Sequence[str]) -> None:
    try:
        for amount in amounts:
            parse(amount, currency, signed=True)
    except UnsupportedCurrency as error:
        raise ValueError(f"the currency {currency} is not one we can count in") from error
    except InvalidAmount as error:
        raise ValueError(f"{error.value} has more decimals than {currency}") from error


Line = SoldItem | ReturnedItem | CountedItem | AdjustedItem | MovedItem


class PaymentTold(Shape):
    method: Text64
    amount: SignedMoney
    reference: Words = ""


class CustomerTold(Shape):
    loyalty: Text128 | None = None
    till: Text128 | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    phone: Text64 | None = None
    name: Words | None = None


class Sale(WithLines):
    sale: Text64
    currency: Currency
    lines: list[SoldItem]
    payments: list[PaymentTold]
    register_: Text64 | None = Field(default=None, alias="register")
    associate: Text64 | None = None
    tax_included: bool = True
    discount: Money = "0"
    shipping: Money = "0"
    rounding: SignedMoney = "0"
    total: Money | None = None
    claim: Text128 | None = None
    exchange: Text64 | None = None
    customer: CustomerTold | None = None

    @model_validator(mode="after")
    def counts_in_its_currency(self) -> Self:
        amounts = [self.discount, self.shipping, self.rounding, *(p.amount for p in self.payments)]
        amounts += [amount for line in self.lines for amount in line.money()]
        _same_decimals(self.currency, amounts if self.total is None else [*amounts, self.total])
        whole = sum((line.most() for line in self.lines), Decimal(self.discount) + Decimal(self.shipping))
        if whole + abs(Decimal(self.rounding)) >= TOO_MUCH:
            raise ValueError("the amounts come to more than ten digits")
        return self


class Original(Shape):
    sale: Text64 | None = None
    store: Text128 | None = None
    order: Text128 | None = None


class Return(WithLines):
    return_: Text64 = Field(alias="return")
    currency: Currency | None = None
    original: Original | None = None
    lines: list[ReturnedItem]
    refunds: list[PaymentTold] = []
    exchange: Text64 | None = None
    customer: CustomerTold | None = None

    @model_validator(mode="after")
    def counts_in_its_currency(self) -> Self:
        if self.currency is not None:
            _same_decimals(self.currency, [*(r.amount for r in self.refunds), *(line.amount for line in self.lines)])
        return self


class Void(Shape):
    sale: Text64 | None = None
    return_: Text64 | None = Field(default=None, alias="return")

    @model_validator(mode="after")
    def names_one_document(self) -> Self:
        if (self.sale is None) == (self.return_ is None):
            raise ValueError("a void names a sale or a return, one of them")
        return self


class Count(WithLines):
    document: Text64 | None = None
    lines: list[CountedItem]


class Adjustment(WithLines):
    document: Text64 | None = None
    lines: list[AdjustedItem]


class GoodsIn(WithLines):
    document: Text64 | None = None
    reference: Text128 | None = None
    lines: list[MovedItem]


class Transfer(WithLines):
    transfer: Text128
    document: Text64 | None = None
    to: Text128 | None = None
    from_: Text128 | None = Field(default=None, alias="from")
    lines: list[MovedItem]


class ConsentTold(Shape):
    channel: Text64
    purpose: Text64
    state: Literal["granted", "withdrawn"]
    at: Instant | None = None
    wording: Annotated[str, Field(max_length=4000)] | None = None
    locale: Text64 | None = None
    proof: Annotated[str, Field(max_length=4000)] | None = None


class CustomerUpsert(CustomerTold):
    document: Text64 | None = None
    consents: list[ConsentTold] = []

    @model_validator(mode="after")
    def is_somebody(self) -> Self:
        if not (self.loyalty or self.till or self.email or self.phone):
            raise ValueError("a customer needs an identifier: loyalty, till, email or phone")
        return self


class Envelope(Shape):
    id: EventId
    store: Text128
    occurred_at: Instant


class SaleCompleted(Envelope):
    type: Literal["sale.completed"]
    data: Sale


class SaleReturned(Envelope):
    type: Literal["sale.returned"]
    data: Return


class SaleVoided(Envelope):
    type: Literal["sale.voided"]
    data: Void


class StockCounted(Envelope):
    type: Literal["stock.counted"]
    data: Count


class StockAdjusted(Envelope):
    type: Literal["stock.adjusted"]
    data: Adjustment


class StockReceived(Envelope):
    type: Literal["stock.received"]
    data: GoodsIn


class TransferSent(Envelope):
    type: Literal["transfer.sent"]
    data: Transfer


class TransferReceived(Envelope):
    type: Literal["transfer.received"]
    data: Transfer


class CustomerUpserted(Envelope):
    type: Literal["customer.upserted"]
    data: CustomerUpsert


Event = Annotated[
    SaleCompleted
    | SaleReturned
    | SaleVoided
    | StockCounted
    | StockAdjusted
    | StockReceived
    | TransferSent
    | TransferReceived
    | CustomerUpserted,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
