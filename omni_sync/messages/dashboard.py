"""What was said to whom, and whether it went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.views.generic import TemplateView

from omni_sync.messages.forms import FollowUpFilter, MessageFilter
from omni_sync.messages.journeys.explain import Explained, explained
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Message
from omni_sync.messages.notes import Note
from omni_sync.messages.words import read
from omni_sync.oscar.keyset import WINDOW, key_of, newest_first
from omni_sync.oscar.navigation import BackOffice

#: Who may read the letters themselves: what is in them opens what it speaks of.
MAY_READ: Final = "omni_sync.view_message"


@dataclass(frozen=True, slots=True)
class Row:
    """A message, its letter where it can be shown, and why it went or not, where it follows something."""

    message: Message
    letter: Letter | Note | None
    why: Explained | None


class Messages(BackOffice, TemplateView):
    """The messages, the newest first."""

    template_name = "omni_sync/dashboard/messages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = MessageFilter({name: value for name, value in self.request.GET.items() if value})
        known = Message.objects.filter(form.condition()).select_related("follow_up__journey")
        page = newest_first(known, before=key_of(self.request.GET.get("before", "")), window=WINDOW)
        may_read = self.reader.has_perm(MAY_READ)
        why = _reasons(page.rows)
        rows = [Row(message, read(message) if may_read else None, why.get(message.pk)) for message in page.rows]
        told = {"form": form, "page": page, "rows": rows, "may_read": may_read}
        return {**super().get_context_data(**kwargs), **told}


class FollowUps(BackOffice, TemplateView):
    """Every follow-up, the newest first: also what was not sent, and why."""

    template_name = "omni_sync/dashboard/follow_ups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FollowUpFilter({name: value for name, value in self.request.GET.items() if value})
        known = FollowUp.objects.filter(form.condition()).select_related("journey", "message", "person")
        page = newest_first(known, before=key_of(self.request.GET.get("before", "")), window=WINDOW)
        rows = explained(page.rows, to_the_person=False)
        return {**super().get_context_data(**kwargs), "form": form, "page": page, "rows": rows}


def _reasons(messages: Sequence[Message]) -> dict[int, Explained]:
    followed = [message.follow_up for message in messages if hasattr(message, "follow_up")]
    return {one.follow_up.message_id or 0: one for one in explained(followed, to_the_person=False)}
