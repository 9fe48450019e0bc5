"""What people put into an address, before the database is asked for it."""

from __future__ import annotations


def could_be(said: str, longest: int) -> bool:
    """Whether a column of ``longest`` characters may hold ``said``; asking PostgreSQL for a NUL is an error."""
    return len(said) <= longest and "\x00" not in said
