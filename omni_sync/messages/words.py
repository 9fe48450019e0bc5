"""A message as its reader sees it."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation

from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Message
from omni_sync.messages.notes import Note

log = structlog.get_logger(__name__)


def words_of(message: Message) -> Letter | Note | None:
    """What its channel would hand over, in its reader's language; None once what it was made of is forgotten."""
    facts = message.facts
    if facts is None:
        return None
    with translation.override(spoken(message.language)):
        return channel_of(message.channel).write(message.kind, facts)


def read(message: Message) -> Letter | Note | None:
    """The same to whoever looks back: None also where a key, a room or a template is gone, or its words fail.

    One message that can't be read keeps nobody from reading the others.
    """
    try:
        return words_of(message)
    except DatabaseError:
        raise
    except Exception as failure:
        log.warning("message can't be shown", message=message.pk, reason=type(failure).__name__, exc_info=failure)
        return None


def spoken(language: str) -> str:
    """``language`` where the shop speaks it, else the shop's own."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
