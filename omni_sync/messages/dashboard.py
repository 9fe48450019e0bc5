"""What was said to whom, and whether it went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import structlog
from cryptography.fernet import InvalidToken
from django.template import TemplateDoesNotExist
from django.views.generic import TemplateView

from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Message
from omni_sync.messages.notes import Note
from omni_sync.messages.words import words_of
from omni_sync.oscar.keyset import key_of, newest_first
from omni_sync.oscar.navigation import BackOffice

#: Who may read the letters themselves: what is in them opens what it speaks of.
MAY_READ: Final = "omni_sync.view_message"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A message, and its letter where it can be shown."""

    message: Message
    letter: Letter | Note | None


class Messages(BackOffice, TemplateView):
    """The messages, the newest first."""

    template_name = "omni_sync/dashboard/messages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = newest_first(Message.objects.all(), before=key_of(self.request.GET.get("before", "")))
        may_read = self.reader.has_perm(MAY_READ)
        rows = [Row(message, _letter(message) if may_read else None) for message in page.rows]
        return {**super().get_context_data(**kwargs), "page": page, "rows": rows, "may_read": may_read}


def _letter(message: Message) -> Letter | Note | None:
    try:
        return words_of(message)
    except (InvalidToken, TemplateDoesNotExist) as failure:  # a key, or a room, that is gone
        log.warning("message can't be shown", message=message.pk, reason=type(failure).__name__)
        return None
