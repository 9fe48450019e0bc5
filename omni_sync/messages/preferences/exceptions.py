from dataclasses import dataclass


@dataclass
class NotOffered(Exception):
    """Nobody is reached that way here."""

    channel: str
