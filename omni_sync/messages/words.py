"""A message as its reader sees it."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Message
from omni_sync.messages.notes import Note


def words_of(message: Message) -> Letter | Note | None:
    """What its channel would hand over, in its reader's language; None once what it was made of is forgotten."""
    facts = message.facts
    if facts is None:
        return None
    with translation.override(spoken(message.language)):
        return channel_of(message.channel).write(message.kind, facts)


def spoken(language: str) -> str:
    """``language`` where the shop speaks it, else the shop's own."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
