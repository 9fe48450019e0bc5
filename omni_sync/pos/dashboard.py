"""The tills' pages in the back office: what came in, what needs a person, what no product is known for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from omni_sync.oscar.models import ProductClass
from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos import resolve
from omni_sync.pos.compare import compare, kind_of, number_of
from omni_sync.pos.corrections import first_told, standing
from omni_sync.pos.forms import InboxFilter
from omni_sync.pos.models import Connection, Delivery, InboxEvent, UnmatchedLine
from omni_sync.pos.renumber import NoFreeName
from omni_sync.pos.resolve import NotCorrectable, WhyNot

PAGE: Final = 50
State = InboxEvent.State
#: The states that are few: counted through an index, however long the history.
OPEN: Final = (State.CONFLICT, State.FAILED, State.WAITING, State.HINT, State.PENDING)

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


class Inbox(BackOffice, ListView):  # type: ignore[type-arg]
    """The events, those that need an answer first."""

    template_name = "omni_sync/dashboard/inbox.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[InboxEvent]:
        self.form = InboxFilter({"state": "attention", **self.request.GET.dict()})
        events = InboxEvent.objects.filter(self.form.condition()).order_by("-pk")
        return events.select_related("connection", "store", "resolved_by").defer(
            "payload", "fingerprint", "connection__secret"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [{"event": e, "kind": kind_of(e), "number": number_of(e)} for e in context["object_list"]]
        counts = _counts()
        open_states = [(state, state.label, counts.get(state.value, 0)) for state in OPEN]
        return {**context, "form": self.form, "rows": rows, "open_states": open_states}


class Event(BackOffice, DetailView):  # type: ignore[type-arg]
    """One event: what was said before beside what is said now, and the answers to it."""

    template_name = "omni_sync/dashboard/event.html"
    context_object_name = "event"

    def get_queryset(self) -> QuerySet[InboxEvent]:
        return InboxEvent.objects.select_related("connection", "store__location", "resolved_by", "became")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.object
        first = first_told(event) if event.state == State.CONFLICT else None
        before = standing(first) if first else None
        return {
            **super().get_context_data(**kwargs),
            "kind": kind_of(event),
            "number": number_of(event),
            "before": before,
            "rows": compare(before, event),
            "can_be_corrected": event.state == State.CONFLICT and resolve.can_be_corrected(event),
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


class Unmatched(BackOffice, ListView):  # type: ignore[type-arg]
    """What tills sold, counted and received that no product is known for, by the name they gave it."""

    template_name = "omni_sync/dashboard/unmatched.html"
    paginate_by = PAGE

    def get_queryset(self) -> Any:
        lines = UnmatchedLine.objects.filter(healed_at=None).values("sku", "gtin", "reason")
        return lines.annotate(
            lines=Count("pk"),
            units=Sum("quantity"),
            stores=Count("store", distinct=True),
            since=Min("occurred_at"),
            title=Max("order_line__title"),
        ).order_by("-lines", "sku", "gtin", "reason")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = list(ProductClass.objects.order_by("name"))
        return {**super().get_context_data(**kwargs), "product_classes": kinds, "reasons": UnmatchedLine.Reason}


class Connections(BackOffice, ListView):  # type: ignore[type-arg]
    """The tills we hear from, and what of theirs is still open. No secrets."""

    template_name = "omni_sync/dashboard/connections.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Connection]:
        latest = Delivery.objects.filter(connection=OuterRef("pk")).order_by("-pk")
        known = Connection.objects.defer("secret").order_by("name").prefetch_related("store_map__store")
        return known.annotate(last_delivery=Subquery(latest.values("received_at")[:1]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counts = _counts_by_connection([connection.pk for connection in context["object_list"]])
        rows = [
            {"connection": c, "open": [(state, counts.get((c.pk, state.value), 0)) for state in OPEN]}
            for c in context["object_list"]
        ]
        return {**context, "rows": rows, "open_states": OPEN}


def _open_events() -> QuerySet[InboxEvent]:
    return InboxEvent.objects.filter(state__in=[state.value for state in OPEN]).order_by()


def _counts() -> dict[str, int]:
    return dict(_open_events().values_list("state").annotate(Count("pk")))


def _counts_by_connection(ids: list[int]) -> dict[tuple[int, str], int]:
    rows = _open_events().filter(connection__in=ids).values_list("connection", "state").annotate(Count("pk"))
    return {(connection, state): n for connection, state, n in rows}
