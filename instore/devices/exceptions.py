from dataclasses import dataclass
from datetime import datetime


@dataclass
class UnknownCode(LookupError):
    """No manager made an enrolment code that reads like this."""


@dataclass
class CodeUsed(ValueError):
    """The enrolment code has enrolled a device already."""

    at: datetime


@dataclass
class CodeExpired(ValueError):
    """The enrolment code was not typed in time."""

    at: datetime


@dataclass
class NotEnrolled(PermissionError):
    """The browser carries no device's token, or one that we don't know."""


@dataclass
class Revoked(PermissionError):
    """The device was enrolled once, and is not any more."""

    name: str
    store: str
    at: datetime
