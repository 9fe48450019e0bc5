from dataclasses import dataclass
from enum import StrEnum


@dataclass
class UnknownProduct(LookupError):
    """Nothing that the shop shows has this number."""

    product_id: int


@dataclass
class NoteTooLong(ValueError):
    """A note of ``length`` characters; ``most`` are kept."""

    length: int
    most: int


class Gone(StrEnum):
    """Why a link shows nothing."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"


class ListGone(Exception):
    """The link shows nothing any more, or never did; ``why`` says which."""

    def __init__(self, why: Gone) -> None:
        super().__init__(why.value)
        self.why = why
