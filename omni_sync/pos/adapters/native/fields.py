"""The kinds of value a native event is made of."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

LARGEST = 2_147_483_647
YEARS = range(1990, 2200)
_MONEY = re.compile(r"-?\d{1,10}(\.\d{1,2})?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.ASCII)


def _money(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError('money is a string in major units, such as "149000"; not a number')
    if not _MONEY.fullmatch(value):
        raise ValueError('money is digits with at most two decimals, such as "12.50"')
    return value


def _not_negative(value: str) -> str:
    if value.startswith("-") and value.strip("-0."):
        raise ValueError("must not be negative")
    return value


def _instant(value: Any) -> datetime:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("an instant is RFC 3339, such as 2026-11-21T09:03:11+07:00")
    at = datetime.fromisoformat(value)
    if at.year not in YEARS:
        raise ValueError("the year is out of range")
    return at


class Shape(BaseModel):
    """Unknown keys are allowed, and kept with the event."""

    model_config = ConfigDict(extra="ignore", strict=True)


Text64 = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Text128 = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Words = Annotated[str, StringConstraints(max_length=1000)]
EventId = Annotated[str, StringConstraints(min_length=1, max_length=255)]
GtinText = Annotated[str, StringConstraints(min_length=1, max_length=14)]
_MONEY_SCHEMA = WithJsonSchema({"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"})
_SIGNED_SCHEMA = WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,10}(\.\d{1,2})?$"})
_INSTANT_SCHEMA = WithJsonSchema({"type": "string", "description": "RFC 3339; without a zone, in the store's."})

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Money = Annotated[str, BeforeValidator(_money), AfterValidator(_not_negative), _MONEY_SCHEMA]
SignedMoney = Annotated[str, BeforeValidator(_money), _SIGNED_SCHEMA]
Rate = Annotated[str, StringConstraints(pattern=r"^\d{1,3}(\.\d{1,4})?$")]
Instant = Annotated[datetime, BeforeValidator(_instant), _INSTANT_SCHEMA]
Sold = Annotated[int, Field(ge=1, le=LARGEST)]
Counted = Annotated[int, Field(ge=0, le=LARGEST)]
Adjusted = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
