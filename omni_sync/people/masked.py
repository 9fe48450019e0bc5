"""What staff see of somebody who showed them no code: enough to compare, not enough to write to."""

from __future__ import annotations

from typing import Final

from omni_sync.people.models import Identifier

HIDDEN: Final = "•••"
LEFT: Final = 3  # digits of a phone or a card


def masked(kind: str, value: str) -> str:
    """The identifier with most of it hidden: ``s•••@example.com``, ``•••456``."""
    if kind == Identifier.Kind.EMAIL:
        mailbox, at, domain = value.rpartition("@")
        return f"{mailbox[:1]}{HIDDEN}{at}{domain}"
    return f"{HIDDEN}{value[-LEFT:]}" if len(value) > 2 * LEFT else HIDDEN


def initials(name: str) -> str:
    """The first letter of each part of the name, at most three."""
    return "".join(f"{part[0].upper()}." for part in name.split()[:3])
