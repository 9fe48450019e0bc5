"""A message that is read at a glance: SMS, WhatsApp, a notification.

What a marketer wrote for it comes first. Else ``lintas/notes/KIND.txt`` has the title before its first empty line, then
the words; where it leads is ``link`` of the facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from omni_sync import conf
from omni_sync.messages.wording.chosen import marked, said_by


@dataclass(frozen=True, slots=True)
class Note:
    """``title`` is shown apart where the channel can; ``link`` may be empty."""

    title: str
    text: str
    link: str


def note_from(kind: str, facts: Mapping[str, object]) -> Note:
    """The note ``kind`` made of ``facts``, in the language that is active."""
    context = {**facts, "shop_name": conf.shop_name(), "shop_url": conf.base_url()}
    link = str(facts.get("link", ""))
    own = said_by(context)
    if own is not None:
        return Note(marked(own.title, facts), own.text, link)
    title, _, text = render_to_string(f"lintas/notes/{kind}.txt", context).lstrip().partition("\n\n")
    return Note(marked(" ".join(title.split()), facts), text.strip(), link)
