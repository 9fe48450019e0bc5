from dataclasses import dataclass


@dataclass
class TooManyTries(Exception):
    """This till has asked for too many wrong codes; it may ask again in ``seconds``."""

    seconds: int


@dataclass
class CodeOfTwoStores(LookupError):
    """At more than one of the till's ``stores`` (its own codes for them) a pickup has this code."""

    stores: list[str]
