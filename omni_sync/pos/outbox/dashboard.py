"""What one connection hears from us: where its webhook has got to, its tokens, and what people did about them."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox import endpoints
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import NotListening
from omni_sync.pos.outbox.forms import AddressForm, ReplayForm
from omni_sync.pos.outbox.models import BearerToken, OutboxChange
from omni_sync.pos.outbox.queries import endpoint_of, lag_of
from omni_sync.pos.outbox.tokens import make_token, revoke_token

#: Whoever may change a connection decides who hears of its stores.
MAY_CHANGE: Final = "omni_sync.change_connection"
FEED: Final = "/api/v1/events"
SHOWN: Final = 20
LONGEST_KEY: Final = 18  # digits, so that it is a bigint


class Outbox(BackOffice, DetailView):  # type: ignore[type-arg]
    """One connection's webhook and tokens, and what can be done about them."""

    template_name = "omni_sync/dashboard/outbox.html"
    context_object_name = "connection"

    def get_queryset(self) -> QuerySet[Connection]:
        return Connection.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        connection = self.object
        endpoint = endpoint_of(connection)
        tokens = BearerToken.objects.filter(connection=connection).select_related("made_by").order_by("-pk")
        return {
            **super().get_context_data(**kwargs),
            "endpoint": endpoint,
            "cursor": endpoint and Cursor(endpoint.xact, endpoint.event),
            "lag": endpoint and lag_of(endpoint),
            "tokens": [token for token in tokens if token.revoked_at is None],
            "revoked": sum(token.revoked_at is not None for token in tokens),
            "changes": OutboxChange.objects.filter(connection=connection).select_related("by")[:SHOWN],
            "address_form": kwargs.get("address_form") or AddressForm(initial={"address": connection.webhook}),
            "replay_form": kwargs.get("replay_form") or ReplayForm(),
            "feed": self.request.build_absolute_uri(FEED),
            "may_change": self.reader.has_perm(MAY_CHANGE),
        }

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A change is durable when the page comes back, and a test event is sent outside transactions."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, for who may."""
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        self.object = get_object_or_404(self.get_queryset(), pk=pk)
        actions = {"address": self._address, "replay": self._replay, "token": self._token, "revoke": self._revoke}
        actions |= {"pause": self._pause, "resume": self._resume, "test": self._test}
        action = actions.get(request.POST.get("action", ""))
        try:
            answer = action() if action else None
        except NotListening:
            messages.error(request, _("It has no webhook."))
            answer = None
        return answer or redirect("lintas:outbox", pk=pk)

    def _address(self) -> HttpResponse | None:
        form = AddressForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(address_form=form))
        done = endpoints.listen(connection=self.object, url=form.cleaned_data["address"], by=self.reader)
        self._say(done, _("Saved.") if form.cleaned_data["address"] else _("Nothing is pushed any more."))
        return None

    def _replay(self) -> HttpResponse | None:
        form = ReplayForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(replay_form=form))
        since = form.cleaned_data["moment"] or form.cleaned_data["cursor"]
        endpoints.replay(connection=self.object, since=since, by=self.reader)
        self._say(True, _("It hears everything since then again."))
        return None

    def _pause(self) -> None:
        self._say(endpoints.pause(connection=self.object, by=self.reader), _("Nothing is pushed until you resume it."))

    def _resume(self) -> None:
        done = endpoints.resume(connection=self.object, by=self.reader)
        self._say(done, _("It goes on where it stopped."))

    def _test(self) -> None:
        answer = endpoints.send_test(connection=self.object, by=self.reader)
        if answer.arrived:
            messages.success(self.request, _("The test event arrived: it answered %d.") % (answer.status or 0))
        else:
            why = gettext(answer.error) + (f" ({answer.status})" if answer.status else "")
            messages.error(self.request, _("The test event did not arrive. %s") % why)

    def _token(self) -> HttpResponse:
        """In the answer itself, and nowhere else."""
        token = make_token(connection=self.object, by=self.reader)
        context = {"connection": self.object, "token": token, "feed": self.request.build_absolute_uri(FEED)}
        answer = render(self.request, "omni_sync/dashboard/outbox_token.html", context)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _revoke(self) -> None:
        number = self.request.POST.get("which", "")
        fine = number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY
        done = fine and revoke_token(connection=self.object, token_id=int(number), by=self.reader)
        self._say(done, _("This token opens nothing any more."))

    def _say(self, done: bool, words: Any) -> None:
        if done:
            messages.success(self.request, words)
        else:
            messages.info(self.request, _("Nothing has changed: it is so already."))
