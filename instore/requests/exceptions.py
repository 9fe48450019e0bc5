from dataclasses import dataclass
from datetime import datetime


@dataclass
class StoreClosed(Exception):
    """Nobody is there to come; ``opens`` is when somebody will be, None where the store has not said."""

    opens: datetime | None


@dataclass
class NothingAsked(ValueError):
    """Something is to be brought, but nothing that the shop shows was named."""


@dataclass
class TooManyWait(Exception):
    """Every number of the store is with somebody who waits."""


@dataclass
class RequestGone(LookupError):
    """No request is known by this, or it ended too long ago."""


@dataclass
class WithSomebodyElse(Exception):
    """An associate of the same store said first that they go; ``who`` is their name."""

    who: str


@dataclass
class NoMoreWanted(Exception):
    """The request has ended: in which ``state`` it is."""

    state: str
