"""What every channel can do, and what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from omni_sync.messages.letters import Letter
from omni_sync.messages.notes import Note


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message, written: what a channel needs without asking the database.

    ``number`` is the same however often it is sent: a provider that knows such keys takes it once. ``stop`` is the
    address that ends messages of this kind, empty where it is service. ``known`` is what the channel looked up of the
    address just before; what of it turned out to be no more, ``send`` leaves in ``ended``. In ``noes`` it leaves the
    provider's word for it that the reader told it to bring nothing of ours.
    """

    number: str
    to: str
    words: Letter | Note
    kind: str
    language: str
    is_marketing: bool
    stop: str
    host: str
    known: Any = None
    ended: list[Any] = field(default_factory=list, compare=False)
    noes: list[str] = field(default_factory=list, compare=False)


class Channel(Protocol):
    """One provider. ``send`` is called from several threads at once, and never touches the database."""

    def is_configured(self) -> bool:
        """Whether this shop has an account there."""

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        """Where these humans can be reached, by their root; whoever can't is left out."""

    def write(self, kind: str, facts: Mapping[str, object]) -> Letter | Note:
        """The words, in the language that is active."""

    def send(self, parcel: Parcel) -> str:
        """Hand it over; the provider's own number of it. Raises Retry, Unheard or Reject."""


@runtime_checkable
class Asks(Protocol):
    """A channel whose ``send`` needs what only the database knows, and may learn something for it. In one thread."""

    def look_up(self, to: str) -> Any:
        """What is known of the address now: ``known`` of the parcel."""

    def learn(self, parcel: Parcel) -> None:
        """Write down what has ended."""
