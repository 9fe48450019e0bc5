from enum import StrEnum


class Gone(StrEnum):
    """Why a code of a kiosk's list opens nothing."""

    UNKNOWN = "unknown"
    TAKEN = "taken"
    EXPIRED = "expired"


class PassGone(Exception):
    """The list can't be taken any more, or never could; ``why`` says which."""

    def __init__(self, why: Gone) -> None:
        super().__init__(why.value)
        self.why = why


class NothingListed(ValueError):
    """There is nothing on the list that is to be handed on."""
