from __future__ import annotations

from datetime import datetime
from decimal import Decimal


class Retry(Exception):
    """The provider can't answer now; the same call may succeed later.

    ``is_spent``: it did answer, with an error of its own, and will give that very answer to the same key again.
    """

    def __init__(self, why: str, *, is_spent: bool = False) -> None:
        super().__init__(why)
        self.is_spent = is_spent


class Reject(Exception):
    """The provider will never do this; ``code`` is its own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unauthorised(Exception):
    """The bytes are not signed by the provider, or were too long ago."""


class Malformed(Exception):
    """Nothing in the body can be read."""


class DifferentPayment(Exception):
    """The key belongs to a payment of something else, or of another amount."""


class NotOpen(Exception):
    """Nobody can pay this any more: it is in ``state``."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotAuthorised(Exception):
    """There is nothing to capture: the payment is in ``state``."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class AlreadyAsked(Exception):
    """The provider was asked for something already that rules this out: ``kind`` is capture or cancel."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class AuthorisationOver(Exception):
    """The money was held until ``at`` only."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class TooMuch(Exception):
    """Only ``room`` is left to capture or to give back."""

    def __init__(self, room: Decimal) -> None:
        super().__init__(str(room))
        self.room = room
