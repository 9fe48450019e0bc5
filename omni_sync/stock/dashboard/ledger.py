"""One product at one shop: what is there, why, and a count or a change by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from omni_sync.oscar.keyset import key_of
from omni_sync.oscar.models import StockRecord
from omni_sync.oscar.navigation import StoreOffice
from omni_sync.stock.byhand import LONGEST_REASON, SOURCE, MovedMeanwhile, adjust_by_hand, count_by_hand, who_and_why
from omni_sync.stock.dashboard.book import all_of, count_in_force, page_of
from omni_sync.stock.models import Hold, Level, Movement

MOST: Final = 999_999
COLUMNS: Final = (
    *("occurred_at", "recorded_at", "kind", "quantity", "balance", "source", "document", "line", "event_id"),
    *("origin", "reference"),
)


class CountForm(forms.Form):
    """How many are on the premises, against the figure that was shown."""

    quantity = forms.IntegerField(label=gettext_lazy("Units on the premises"), min_value=0, max_value=MOST)
    reason = forms.CharField(label=gettext_lazy("Remark"), max_length=LONGEST_REASON, required=False)
    shown = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.UUIDField(widget=forms.HiddenInput)


class AdjustForm(forms.Form):
    """A change, and why."""

    quantity = forms.IntegerField(
        label=gettext_lazy("Units more, or less with a minus"), min_value=-MOST, max_value=MOST
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONGEST_REASON)
    number = forms.UUIDField(widget=forms.HiddenInput)

    def clean_quantity(self) -> int:
        """A change of nothing is none."""
        quantity = int(self.cleaned_data["quantity"])
        if not quantity:
            raise forms.ValidationError(_("Say how many more, or how many less."))
        return quantity


class RecordPage(StoreOffice):
    """A page about one stock record, of a place this reader may see."""

    @cached_property
    def record(self) -> Any:
        """The stock record in the address."""
        known = StockRecord.objects.filter(partner__in=self.places).select_related(
            "product__parent", "partner__location"
        )
        return get_object_or_404(known.select_related("level"), pk=self.kwargs["pk"])

    @property
    def kinds(self) -> list[str]:
        """The kinds of movement asked for; none for all."""
        return [kind for kind in self.request.GET.getlist("kind") if kind in Movement.Kind.values]


class Ledger(RecordPage, TemplateView):
    """Every movement with what was on hand after it, the open promises and the count in force."""

    template_name = "omni_sync/dashboard/ledger.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.record
        level = Level.objects.filter(pk=record.pk).first() or Level(stockrecord=record)
        number = min(max(key_of(self.request.GET.get("page", "")) or 1, 1), 10_000)
        condition = Q(kind__in=self.kinds) if self.kinds else Q()
        movements, has_next = page_of(record.pk, condition=condition, number=number)
        holds = Hold.objects.open().filter(stockrecord=record.pk).order_by("-created_at", "-pk")
        return {
            **super().get_context_data(**kwargs),
            "record": record,
            "level": level,
            "count": count_in_force(record.pk),
            "holds": holds[:100],
            "rows": _explained(movements),
            "number": number,
            "has_next": has_next,
            "kinds": [(kind, kind.label, kind.value in self.kinds) for kind in Movement.Kind],
            "count_form": kwargs.get("count_form") or _count_form(level.on_hand),
            "adjust_form": kwargs.get("adjust_form") or AdjustForm(initial={"number": uuid4()}, prefix="adjust"),
        }

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What was counted is durable when the page comes back."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Count or adjust, and say what became of it."""
        answer = self._adjust() if request.POST.get("action") == "adjust" else self._count()
        return answer or redirect("lintas:ledger", pk=pk)

    def _count(self) -> HttpResponse | None:
        form = CountForm(self.request.POST, prefix="count")
        if not form.is_valid():
            return self._again(count_form=form)
        try:
            done = count_by_hand(stockrecord=self.record, by=self.reader, **form.cleaned_data)
        except MovedMeanwhile as refusal:
            text = _(
                "The books say %(n)s by now: something was sold or came in since this page was opened. Count again."
            )
            messages.warning(self.request, text % {"n": refusal.on_hand})
            return self._again(count_form=_count_form(refusal.on_hand, form.cleaned_data["quantity"]))
        self._say(done, _("Counted: %(n)s on hand.") % {"n": form.cleaned_data["quantity"]})
        return None

    def _adjust(self) -> HttpResponse | None:
        form = AdjustForm(self.request.POST, prefix="adjust")
        if not form.is_valid():
            return self._again(adjust_form=form)
        done = adjust_by_hand(stockrecord=self.record, by=self.reader, **form.cleaned_data)
        quantity = form.cleaned_data["quantity"]
        text = ngettext("%(n)s unit, written down.", "%(n)s units, written down.", abs(quantity))
        self._say(done, text % {"n": f"{quantity:+}"})
        return None

    def _again(self, **forms: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**forms))

    def _say(self, done: bool, words: str) -> None:
        if done:
            messages.success(self.request, words)
        else:
            messages.info(self.request, _("This was written down before; once is enough."))


class LedgerFile(RecordPage):
    """The whole ledger of a record as CSV, the earliest movement first."""

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Streamed, however long it is."""
        name = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in self.record.partner_sku)
        answer = StreamingHttpResponse(_lines(self.record, self.kinds), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="ledger-{name}-{pk}.csv"'
        return answer


def _count_form(on_hand: int, quantity: int | None = None) -> CountForm:
    return CountForm(initial={"shown": on_hand, "number": uuid4(), "quantity": quantity}, prefix="count")


def _explained(movements: Sequence[Movement]) -> list[dict[str, Any]]:
    """Each movement with who made it by hand and why, and where it can be looked up."""
    told = [who_and_why(m.reference) for m in movements]
    people = get_user_model()._default_manager.in_bulk([who for who, _why in told if who])
    return [
        {
            "movement": m,
            "by": people.get(who) if who else None,
            "why": why,
            "order": m.reference if m.kind in (Movement.Kind.HAND_OVER, Movement.Kind.DISPATCHED) else "",
            "event_id": m.event_id if m.source != SOURCE else "",
        }
        for m, (who, why) in zip(movements, told, strict=True)
    ]


class _Echo:
    """Hands a line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(record: Any, kinds: list[str]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["store", "sku", *COLUMNS])  # type: ignore[misc]
    for row in all_of(record.pk, kinds=kinds):
        cells = [record.partner.code, record.partner_sku, *(row[name] for name in COLUMNS)]
        yield writer.writerow([_cell(value) for value in cells])  # type: ignore[misc]


def _cell(value: Any) -> Any:
    """A moment in ISO 8601; a text that a spreadsheet would take for a formula, with an apostrophe before it."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
