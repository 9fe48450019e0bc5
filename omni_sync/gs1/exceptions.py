from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "characters",
    "scheme",
    "host",
    "no key",
    "unknown identifier",
    "empty",
    "too short",
    "too long",
    "form",
    "check digit",
    "date",
    "time",
    "content",
    "order",
    "in the query",
    "not in a link",
    "twice",
    "missing",
    "together",
    "too many",
]


@dataclass
class InvalidGs1(ValueError):
    """What was said is no GS1 data: why, at which application identifier, and at which value or other identifier."""

    reason: Reason
    ai: str = ""
    value: str = ""

    def __str__(self) -> str:
        at = f"({self.ai})" if self.ai else ""
        return ": ".join(filter(None, [" ".join(filter(None, [at, self.reason])), self.value]))
