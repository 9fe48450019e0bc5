"""What every payment provider's adapter is to our payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """How far a payment has got at the provider. Nothing ever goes back."""

    OPEN = "open"  # somebody may pay
    AUTHORISED = "authorised"  # the money is held for us
    CAPTURED = "captured"  # all or part of it is ours
    ENDED = "ended"  # nothing can come of it any more


class Ending(StrEnum):
    """Why nothing came of a payment."""

    EXPIRED = "expired"  # nobody paid in time
    CANCELLED = "cancelled"  # we, or somebody at the provider, let go of it
    LAPSED = "lapsed"  # the money was held, and not asked for in time


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment to be made on the provider's own page.

    ``key`` is ours and comes back with everything the provider tells about it. ``language`` is a Django language code.
    """

    key: str
    reference: str
    amount: Decimal
    currency: str
    until: datetime
    paid_url: str
    back_url: str
    email: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """The provider's page: its number, and where to send the shopper."""

    session: str
    url: str


@dataclass(frozen=True, slots=True)
class Known:
    """A payment by the provider's own numbers; ``intent`` is empty until somebody has tried to pay."""

    session: str
    intent: str
    currency: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A payment as the provider has it now. ``refunds`` are the keys of those we asked for, ``bounced`` of those that
    the shopper's bank sent back later: they are not in ``refunded``."""

    stage: Stage
    intent: str = ""
    authorised: Decimal = Decimal(0)
    captured: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    refunds: frozenset[str] = frozenset()
    bounced: frozenset[str] = frozenset()
    capture_before: datetime | None = None
    ending: Ending | None = None
    declined: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event: only that something changed, and with which payment. What is true is read at the source."""

    event_id: str
    type: str
    key: str = ""
    session: str = ""
    intent: str = ""


class Provider(Protocol):
    """One payment provider. Every write may be repeated with the same key, outside any transaction.

    ``Retry`` means later may do; ``Reject`` means never.
    """

    def begin(self, wanted: Wanted, *, key: str) -> Begun:
        """Make a page that holds the money, and takes it only when asked to (``capture``)."""

    def capture(self, known: Known, amount: Decimal, *, key: str) -> Seen:
        """Take ``amount`` of what is held; the rest is let go of."""

    def cancel(self, known: Known, *, key: str) -> Seen:
        """Let go of what is held, or close the page nobody has paid on yet."""

    def refund(self, known: Known, amount: Decimal, *, key: str) -> Seen:
        """Give back ``amount`` of what was taken."""

    def look_up(self, known: Known) -> Seen:
        """The payment as it is now."""

    def read(self, *, body: bytes, headers: Mapping[str, str]) -> Told:
        """Raise ``Unauthorised`` unless the provider signed these very bytes a short while ago, then read them.

        Headers by lower-case name. Raises ``Malformed`` when they can't be read.
        """
