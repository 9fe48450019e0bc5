"""What can happen to a person that a message may follow: each capability brings its own, when its app is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise

from omni_sync.messages.models import Purpose

if TYPE_CHECKING:
    from omni_sync.messages.journeys.models import FollowUp

Select = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Usual:
    """A step as it is before a marketer changes it."""

    wait: timedelta
    channels: tuple[str, ...] = ("push", "whatsapp", "email")


@dataclass(frozen=True, slots=True)
class Trigger:
    """``find(since, until)`` is one SELECT of what happened in between: the columns ``person_id`` (any row of the
    human), ``occurrence`` (text of at most 64 characters that names it for ever), ``occurred_at`` and ``facts`` (jsonb:
    numbers, no names). It is put into an INSERT, so it is never read into memory.

    ``gone(follow_ups)`` says which of them have lost their reason, in queries that don't grow with their number.
    ``facts(follow_ups)`` is what the templates know, JSON, by primary key; for whoever it leaves out there is nothing
    to say any more. "products" in it are the ids of what it is about.

    ``examples`` are those facts that a marketer may name in words of their own, each as it could be.
    ``shows`` are the names, also those within a list of things, of what marketers are shown of the newest to see how
    words look: nothing that says who somebody is, what was written to them, or opens what is theirs.
    ``because`` is ``title`` in words to the person: "You left things in your basket".
    """

    name: str
    title: str | Promise
    purpose: Purpose
    find: Callable[[datetime, datetime], Select]
    gone: Callable[[Sequence[FollowUp]], set[int]]
    facts: Callable[[Sequence[FollowUp]], Mapping[int, Mapping[str, Any]]]
    steps: tuple[Usual, ...]
    is_on: bool = True
    examples: Mapping[str, str | Promise] = field(default_factory=dict, hash=False)
    because: str | Promise = ""
    shows: frozenset[str] = frozenset()


TRIGGERS: Final[dict[str, Trigger]] = {}


def register(*triggers: Trigger) -> None:
    """Let journeys begin with these. Raises ValueError where a name is another trigger's already."""
    for one in triggers:
        if TRIGGERS.setdefault(one.name, one) is not one:
            raise ValueError(one.name)
