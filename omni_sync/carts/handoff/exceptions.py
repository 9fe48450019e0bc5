from enum import StrEnum


class Gone(StrEnum):
    """Why nothing can be taken any more."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    TAKEN = "taken"


class HandOffGone(Exception):
    """There is nothing to take; ``why`` says what became of it."""

    def __init__(self, why: Gone) -> None:
        super().__init__(why.value)
        self.why = why


class NothingToHandOver(Exception):
    """The basket is empty."""


class SameBasket(Exception):
    """It is the very basket that this device shows."""


class TooLateToUndo(Exception):
    """One of the baskets has changed since, or it was too long ago: nothing was changed."""
