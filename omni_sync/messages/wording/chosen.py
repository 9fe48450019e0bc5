"""Which words a message is made of: settled when it is decided, so that it can be read as it was for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from omni_sync.messages.wording.models import Wording, WordingVersion
from omni_sync.messages.wording.placeholders import filled, what_of

#: A step, a channel, a language and a variant.
Place = tuple[int, str, str, str]
#: The names of these facts are ours: no trigger's.
VERSION: Final = "wording"
DRAFT: Final = "draft"
TRIAL: Final = "trial"


@dataclass(frozen=True, slots=True)
class Said:
    """A marketer's words with everything in its place."""

    title: str
    text: str


def live_words(step_ids: Iterable[int]) -> dict[Place, int]:
    """What is live of these steps, by its place: one query."""
    rows = Wording.objects.filter(step__in=set(step_ids), live__isnull=False)
    found = rows.values_list("step", "channel", "language", "variant", "live")
    return {(step, channel, language, variant or "a"): live for step, channel, language, variant, live in found}


def said_by(facts: Mapping[str, Any]) -> Said | None:
    """What a marketer wrote, made of ``facts``; None where nobody did, or a fact is missing that it names."""
    words = _words(facts)
    if words is None:
        return None
    facts = {"what": what_of(facts), **facts, "shop": facts.get("shop_name", "")}
    title, text = filled(words[0], facts), filled(words[1], facts)
    if title is None or text is None:
        return None
    return Said(" ".join(title.split()), text.strip())


def marked(title: str, facts: Mapping[str, Any]) -> str:
    """The title; of what was sent to try it, so that nobody takes it for the real thing."""
    return f"[Test] {title}".strip() if facts.get(TRIAL) else title


def _words(facts: Mapping[str, Any]) -> tuple[str, str] | None:
    draft, version = facts.get(DRAFT), facts.get(VERSION)
    if isinstance(draft, dict):
        return str(draft.get("title", "")), str(draft.get("text", ""))
    return _of_version(version) if isinstance(version, int) else None


@lru_cache(maxsize=512)
def _of_version(pk: int) -> tuple[str, str] | None:
    """Words that went live never change, so a worker asks for each once."""
    found: tuple[str, str] | None = WordingVersion.objects.filter(pk=pk).values_list("title", "text").first()
    return found
