"""The right to follow some topics for a quarter of an hour, signed: a stream asks neither session nor database."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core import signing

MOST_TOPICS: Final = 100
LONGEST: Final = timedelta(minutes=15)
SHORTEST: Final = timedelta(minutes=10)  # pages opened together don't all come back together
SALT: Final = "omni_sync.live"


class TokenRefused(Exception):
    """Nobody may follow anything with this."""


class TokenForged(TokenRefused):
    """Not one of ours, or not whole."""


class TokenExpired(TokenRefused):
    """It was good until ``at``."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class TooManyTopics(ValueError):
    """A page part follows ``MOST_TOPICS`` topics at most."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True, slots=True)
class Token:
    """What may be followed, and until when."""

    topics: frozenset[str]
    expires_at: datetime


def issue(topics: Iterable[str]) -> str:
    """A token for these topics, good for 10 to 15 minutes.

    What is before its first colon is URL-safe base64 of ``{"t": [topic, …], "e": seconds}``; ``live.js`` reads that to
    know which part of a page follows what.
    """
    wanted = sorted(set(topics))
    if len(wanted) > MOST_TOPICS:
        raise TooManyTopics(len(wanted))
    life = random.uniform(SHORTEST.total_seconds(), LONGEST.total_seconds())  # noqa: S311 - only spreads them
    expires_at = int(datetime.now(UTC).timestamp() + life)
    return _signer().sign_object({"t": wanted, "e": expires_at})


def read(token: str) -> Token:
    """What a token allows. Raises TokenForged or TokenExpired."""
    try:
        said = _signer().unsign_object(token)
        found = Token(frozenset(said["t"]), datetime.fromtimestamp(said["e"], UTC))
    except (signing.BadSignature, ValueError, KeyError, TypeError, OverflowError) as reason:
        raise TokenForged from reason
    if found.expires_at <= datetime.now(UTC):
        raise TokenExpired(found.expires_at)
    return found


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
