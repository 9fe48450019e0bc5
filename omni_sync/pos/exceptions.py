from __future__ import annotations


class Unauthorised(Exception):
    """The bytes are not signed by this connection, or too long ago."""


class Malformed(Exception):
    """Nothing in the delivery can be read."""


class TooLarge(Exception):
    """The delivery is larger than the door lets through."""


class Retry(Exception):
    """The other system can't answer now; the same call may succeed later."""


class Reject(Exception):
    """The other system will never take this."""


class Invalid(Exception):
    """An event breaks the contract; ``error`` says where, in words for whoever wrote the till."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error
