from dataclasses import dataclass


@dataclass
class NothingKnown(Exception):
    """The number is sound, but names nothing here: ``path`` is the link's."""

    path: str


@dataclass
class NoSuchLink(Exception):
    """The thing is known, but nothing of this kind is said of it."""

    path: str
    link_type: str
