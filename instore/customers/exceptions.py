from dataclasses import dataclass


@dataclass
class NoAccount(Exception):
    """They have no account: nothing of theirs can keep a list."""


@dataclass
class NotAllowed(PermissionError):
    """They let nobody see this part of theirs, so nobody changes it."""

    part: str
