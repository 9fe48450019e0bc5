"""One event: what was told, why it is where it is, what it did, and the answers to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos import resolve
from omni_sync.pos.compare import compare, kind_of, number_of
from omni_sync.pos.corrections import first_told, standing
from omni_sync.pos.dashboard.effects import effects_of
from omni_sync.pos.dashboard.find import related_events
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.renumber import NoFreeName
from omni_sync.pos.resolve import NotCorrectable, WhyNot

State = InboxEvent.State
ANSWERS: Final[dict[str, tuple[Callable[..., bool], Any]]] = {
    "ignore": (resolve.ignore, _("Put aside. Nothing of it is applied.")),
    "retry": (resolve.retry, _("It takes its turn again.")),
    "new": (resolve.accept_as_new, _("Taken as a document of its own.")),
    "correction": (resolve.accept_as_correction, _("It takes the place of what was said before.")),
}
REFUSALS: Final = {
    WhyNot.KIND: _("A document of this kind can't take the place of another."),
    WhyNot.OTHER_KIND: _("What was said before is another kind of document. Take this one as new, or ignore it."),
    WhyNot.NOTHING_BEFORE: _("Nothing stands in its way any more. Take it as a new document."),
    WhyNot.OTHER_COUNT: _("It counts at another time or place. Take it as a new document: the later count holds."),
    WhyNot.HANDED_OVER: _("The sale before handed an order over to its shopper. Put that right at the order."),
}
NO_NAME: Final = _("It can't have a number of its own.")
#: States in which something of the event may be in the books.
DONE: Final = (State.APPLIED, State.PENDING, State.FAILED)
RULES: Final = {
    State.PENDING: _("It is kept, and waits in its store's lane until what came in before it is applied."),
    State.WAITING: _("A count dated more than ten minutes ahead waits for its time, or for a correction."),
    State.HINT: _("The till only said that something changed; the rest is read at the source."),
    State.DUPLICATE: _("The same document was told before, with the same content. Once is enough."),
    State.IGNORED: _("A person put it aside. Its number is free for another document."),
    State.ACCEPTED: _("A person took it up; what it became is an event of its own."),
}


class Event(BackOffice, DetailView):  # type: ignore[type-arg]
    """One event, and the forms that answer it."""

    template_name = "omni_sync/dashboard/event.html"
    context_object_name = "event"

    def get_queryset(self) -> QuerySet[InboxEvent]:
        known = InboxEvent.objects.select_related("connection", "store__location", "resolved_by", "became", "corrects")
        return known.defer("connection__secret")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.object
        first = first_told(event) if event.state in (State.CONFLICT, State.DUPLICATE) else None
        before = standing(first) if first and event.state == State.CONFLICT else None
        return {
            **super().get_context_data(**kwargs),
            "kind": kind_of(event),
            "number": number_of(event),
            "rule": RULES.get(State(event.state)),
            "same_id": first is not None and first.event_id == event.event_id,
            "before": before,
            "first": first,
            "rows": compare(before, event),
            "can_be_corrected": event.state == State.CONFLICT and resolve.can_be_corrected(event),
            "effects": effects_of(event) if event.state in DONE else None,
            "related": related_events(event),
            "seconds": (event.applied_at - event.received_at).total_seconds() if event.applied_at else None,
        }

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """An answer is durable when the page comes back."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give an answer, and say what became of it."""
        event = get_object_or_404(InboxEvent, pk=pk)
        use_case, done = ANSWERS.get(request.POST.get("answer", ""), (None, ""))
        if use_case is None:
            return redirect("lintas:event", pk=pk)
        try:
            if use_case(event=event, by=request.user):
                messages.success(request, done)
            else:
                messages.info(request, _("Somebody has answered this already."))
        except NotCorrectable as refusal:
            messages.error(request, REFUSALS[refusal.why])
            return redirect("lintas:event", pk=pk)
        except NoFreeName:
            messages.error(request, NO_NAME)
            return redirect("lintas:event", pk=pk)
        return redirect("lintas:inbox")


class Told(BackOffice):
    """The event behind a movement, by who told it and its id: the ledger knows no more of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go to it; where there is none of that name, say so in the inbox."""
        source, event_id = request.GET.get("source", ""), request.GET.get("id", "")
        if "\x00" not in source + event_id:
            told = InboxEvent.objects.filter(connection__name=source, event_id=event_id)
            if found := told.exclude(state__in=InboxEvent.KEYLESS).only("pk").first():
                return redirect("lintas:event", pk=found.pk)
        messages.info(request, _("No till told this: it was written down by hand, or its event is not kept any more."))
        return redirect("lintas:inbox")
