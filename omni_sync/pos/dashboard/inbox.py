"""The inbox: every event the tills have told, those that need an answer first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from omni_sync.oscar.keyset import WINDOW, Keyset, key_of, newest_first
from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos.compare import kind_of, number_of
from omni_sync.pos.dashboard.counts import MOST, OPEN, open_events
from omni_sync.pos.dashboard.find import find_events
from omni_sync.pos.dashboard.moments import keys_within
from omni_sync.pos.forms import ATTENTION, InboxFilter
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.retry import failures_by_reason, retry_all

State = InboxEvent.State
#: An index answers for these; for everything else a page looks through a window of the history.
INDEXED: Final = {ATTENTION, *(state.value for state in OPEN)}


class Inbox(BackOffice, TemplateView):
    """The events, those that need an answer first."""

    template_name = "omni_sync/dashboard/inbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = InboxFilter(self.request.GET)
        page = self._page(form)
        counts = open_events()
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "rows": [{"event": e, "kind": kind_of(e), "number": number_of(e)} for e in page.rows],
            "state": form.wanted,
            "open_states": [(state, state.label, _capped(counts.get(state.value, 0))) for state in OPEN],
            "reasons": failures_by_reason() if form.wanted == State.FAILED else [],
        }

    def _page(self, form: InboxFilter) -> Keyset:
        events = InboxEvent.objects.filter(form.condition())
        events = events.select_related("connection", "store__location", "resolved_by")
        events = events.defer("payload", "fingerprint", "connection__secret")
        before = key_of(self.request.GET.get("before", ""))
        if form.text:
            return newest_first(events.filter(pk__in=find_events(form.text)), before=before)
        first, last = keys_within(InboxEvent, *form.moments())
        before = min(filter(None, (before, last)), default=None)
        page = newest_first(events, before=before, after=first, window=None if form.wanted in INDEXED else WINDOW)
        return replace(page, is_first="before" not in self.request.GET)


class Retry(BackOffice):
    """All that failed for one reason take their turn again."""

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What was said is durable when the page comes back."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let them, and say how many."""
        number = retry_all(reason=request.POST.get("reason", ""), by=self.reader)
        if number:
            done = ngettext("%(n)s event takes its turn again.", "%(n)s events take their turn again.", number)
            messages.success(request, done % {"n": number})
        else:
            messages.info(request, _("Nothing is left that failed for this reason."))
        return redirect(f"{reverse('lintas:inbox')}?state={State.FAILED.value}")


def _capped(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)
