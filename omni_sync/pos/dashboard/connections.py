"""The tills we hear from: how each is doing, for which stores it speaks, and its secret, shown once."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, FormView, ListView

from omni_sync.oscar.keyset import key_of
from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos.connectform import ConnectForm, MapForm
from omni_sync.pos.dashboard.counts import OPEN
from omni_sync.pos.dashboard.states import states_of
from omni_sync.pos.models import Connection, ConnectionStore, Delivery
from omni_sync.pos.rotate import name_of_secret, number_of_secrets, retire_secrets, rotate_secret
from omni_sync.pos.speak import CodeTaken, fall_silent, speak_for

PAGE: Final = 50
#: Who may give secrets away, and say for which stores a till speaks.
MAY_CHANGE: Final = "omni_sync.change_connection"
MAY_ADD: Final = "omni_sync.add_connection"
LONGEST_CODE: Final = 128
OUTDATED: Final = _("Somebody has changed this meanwhile. Here is how it is now.")


class Connections(BackOffice, ListView):  # type: ignore[type-arg]
    """All of them, and what of theirs is still open. No secrets."""

    template_name = "omni_sync/dashboard/connections.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Connection]:
        return Connection.objects.defer("secret").order_by("name").prefetch_related("store_map__store")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        may_add = self.reader.has_perm(MAY_ADD)
        return {**context, "rows": states_of(context["object_list"]), "open_states": OPEN, "may_add": may_add}


class Connect(BackOffice, FormView):  # type: ignore[type-arg]
    """A new one. Its secret is in the answer to the form, and nowhere else."""

    form_class = ConnectForm
    template_name = "omni_sync/dashboard/connect.html"

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not."""
        if not request.user.has_perm(MAY_ADD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ConnectForm) -> HttpResponse:
        made = form.connect()
        if made is None:
            return self.form_invalid(form)
        return _show_once(self.request, *made)


class ConnectionPage(BackOffice, DetailView):  # type: ignore[type-arg]
    """One connection. Every form on it says which state it was made for."""

    template_name = "omni_sync/dashboard/connection.html"
    context_object_name = "connection"

    def get_queryset(self) -> QuerySet[Connection]:
        return Connection.objects.prefetch_related("store_map__store")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        connection = self.object
        latest = Delivery.objects.filter(connection=connection).order_by("-received_at")
        return {
            **super().get_context_data(**kwargs),
            "state": states_of([connection])[0],
            "address": _address(self.request, connection),
            "map": sorted(connection.store_map.all(), key=lambda row: row.store.name),
            "map_form": kwargs.get("map_form") or MapForm(connection=connection),
            "newest": name_of_secret(connection),
            "secrets": number_of_secrets(connection),
            "deliveries": latest.defer("body", "headers")[:5],
            "may_change": self.reader.has_perm(MAY_CHANGE),
        }

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A change is durable when the page comes back."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, for who may."""
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        self.object = get_object_or_404(self.get_queryset(), pk=pk)
        actions = {"rotate": self._rotate, "retire": self._retire, "add": self._add}
        actions |= {"rename": self._rename, "remove": self._remove}
        action = actions.get(request.POST.get("action", ""))
        answer = action() if action else None
        return answer or redirect("lintas:connection", pk=pk)

    def _rotate(self) -> HttpResponse | None:
        secret = rotate_secret(connection=self.object, newest=self.request.POST.get("newest", ""), by=self.reader)
        if secret is None:
            messages.info(self.request, OUTDATED)
            return None
        return _show_once(self.request, self.object, secret, rotated=True)

    def _retire(self) -> None:
        newest = self.request.POST.get("newest", "")
        done = retire_secrets(connection=self.object, newest=newest, by=self.reader)
        self._say(done, _("Only the newest secret is taken from now on."))

    def _add(self) -> HttpResponse | None:
        form = MapForm(self.request.POST, connection=self.object)
        if form.is_valid():
            facts = form.cleaned_data
            self._map(facts["store"], facts["code"], "")
            return None
        return self.render_to_response(self.get_context_data(map_form=form))

    def _rename(self) -> None:
        row = self._row()
        code = self.request.POST.get("code", "").strip()
        if row is None:
            self._say(done=False, words=OUTDATED)
            return
        if not 0 < len(code) <= LONGEST_CODE or "\x00" in code:
            messages.error(self.request, _("Say what the till calls this store."))
            return
        self._map(row.store, code, self.request.POST.get("shown", ""))

    def _remove(self) -> None:
        row = self._row()
        shown = self.request.POST.get("shown", "")
        done = row is not None and fall_silent(connection=self.object, store_id=row.store_id, code=shown)
        self._say(done, _("What it says of that store is rejected from now on."))

    def _row(self) -> ConnectionStore | None:
        store = key_of(self.request.POST.get("store", ""))
        known = ConnectionStore.objects.filter(connection=self.object, store=store or 0)
        return known.select_related("store").first()

    def _map(self, store: Any, code: str, shown: str) -> None:
        try:
            done = speak_for(connection=self.object, store=store, code=code, instead_of=shown)
        except CodeTaken as refusal:
            text = _("The till calls another store “%(code)s” already.")
            messages.error(self.request, text % {"code": refusal.code})
        else:
            self._say(done, _("Saved."))

    def _say(self, done: bool, words: Any) -> None:
        if done:
            messages.success(self.request, words)
        else:
            messages.info(self.request, OUTDATED)


def _show_once(request: HttpRequest, connection: Connection, secret: str, *, rotated: bool = False) -> HttpResponse:
    """The page with the secret: the answer to a form, kept by nobody on its way."""
    facts = {"connection": connection, "secret": secret, "rotated": rotated, "address": _address(request, connection)}
    answer = render(request, "omni_sync/dashboard/secret.html", facts)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _address(request: HttpRequest, connection: Connection) -> str:
    """Where its till sends its deliveries."""
    return request.build_absolute_uri(f"/api/v1/pos/{connection.name}/events")
