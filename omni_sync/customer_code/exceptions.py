from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a code opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"


@dataclass
class CodeOpensNothing(LookupError):
    """Nobody is shown by this code; ``why`` says what is known of it."""

    why: Why
