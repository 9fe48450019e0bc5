from dataclasses import dataclass


@dataclass
class NoAccount(Exception):
    """They have no account: nothing of theirs can keep a list."""


@dataclass
class NotAllowed(PermissionError):
    """They let nobody see this part of theirs, so nobody changes it."""

    part: str


@dataclass
class NothingSaid(Exception):
    """There is not a word to send."""


@dataclass
class TooLongToSay(Exception):
    """It is longer than a short message may be."""
