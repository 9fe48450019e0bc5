"""Which labels of the reader's stores no longer tell the truth, and the sheets to put that right."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView

from instore.stores.models import Store
from instore.stores.office import OwnStores
from kiosk.labels.begin import begin
from kiosk.labels.confirm import confirm
from kiosk.labels.exceptions import NothingToPrint, NotMade
from kiosk.labels.models import PrintRun, PrintRunQuerySet
from kiosk.labels.office.forms import PrintForm
from kiosk.labels.queries import REASONS, UNPRICED, queue, queue_sizes
from omni_sync.design.paper import LACKING

STORES: Final = 20
SHOWN: Final = 50
RUNS: Final = 10
SECONDS: Final = "2"  # after which a page that waits for its sheets looks again


class LabelOffice(OwnStores):
    """A page about the labels of the reader's stores."""

    @property
    def runs(self) -> PrintRunQuerySet:
        """Their print runs, the latest first."""
        return PrintRun.objects.filter(store__partner__in=self.places).order_by("-pk")


class LabelQueues(LabelOffice, ListView):  # type: ignore[type-arg]
    """Each store, and how many of its labels are to be printed."""

    template_name = "kiosk/dashboard/label_queues.html"
    paginate_by = STORES

    def get_queryset(self) -> QuerySet[Store]:
        return self.stores

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = super().get_context_data(**kwargs)
        sizes = queue_sizes([store.pk for store in facts["object_list"]])
        rows = [
            (store, [sizes[store.pk].get(why, 0) for why in REASONS], sizes[store.pk].get(UNPRICED, 0))
            for store in facts["object_list"]
        ]
        return {**facts, "rows": [(store, sum(counts), counts, unpriced) for store, counts, unpriced in rows]}


class LabelQueue(LabelOffice, FormView):  # type: ignore[type-arg]
    """One store: what is to be printed and why, and a form that prints it or anything else."""

    template_name = "kiosk/dashboard/label_queue.html"
    form_class = PrintForm

    def get_form_kwargs(self) -> dict[str, Any]:
        self.store = get_object_or_404(self.stores, pk=self.kwargs["pk"])
        return {**super().get_form_kwargs(), "store": self.store}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = super().get_context_data(**kwargs)
        wanting, unpriced = queue(self.store.pk)
        runs = self.runs.filter(store=self.store).facts().select_related("by")[:RUNS]
        return {
            **facts, "store": self.store, "count": len(wanting), "wanting": wanting[:SHOWN], "unpriced": unpriced,
            "runs": runs,
        }  # fmt: skip

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: Any) -> HttpResponse:
        chosen = {name: form.cleaned_data[name] for name in ("paper", "language")}
        try:
            with transaction.atomic(durable=True):
                run = begin(store=self.store, found=form.found(), **chosen, by=self.reader)
        except NothingToPrint as refusal:
            return self._nothing(form, refusal)
        return redirect("lintas-labels:run", pk=run.pk)

    def _nothing(self, form: Any, refusal: NothingToPrint) -> HttpResponse:
        form.add_error(None, _("There is nothing to print in this."))
        if refusal.unpriced:
            form.add_error(None, _("Without a price: %(skus)s") % {"skus": ", ".join(refusal.unpriced[:SHOWN])})
        if refusal.unknown:
            form.add_error(None, _("Not known here: %(numbers)s") % {"numbers": ", ".join(refusal.unknown[:SHOWN])})
        return self.form_invalid(form)


class RunPage(LabelOffice, DetailView):  # type: ignore[type-arg]
    """One run: wait for the sheets, take them, and say when they hang there."""

    template_name = "kiosk/dashboard/label_run.html"
    context_object_name = "run"

    def get_queryset(self) -> QuerySet[PrintRun]:
        return self.runs.select_related("store__partner__location", "by", "confirmed_by").defer("pdf")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_pdf = PrintRun.objects.filter(pk=self.object.pk, pdf__isnull=False).exists()
        facts = {"store": self.object.store, "has_pdf": has_pdf, "lacking": LACKING, "shown": SHOWN}
        return {**super().get_context_data(**kwargs), **facts}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; while the sheets are made it looks again by itself."""
        answer = super().get(request, *args, **kwargs)
        if self.object.is_waiting:
            answer.headers["Refresh"] = SECONDS
        return answer

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """They hang on the shelves."""
        run = get_object_or_404(self.runs.facts(), pk=pk)
        try:
            with transaction.atomic(durable=True):
                is_news = confirm(run=run, by=self.reader)
        except NotMade:
            messages.error(request, _("These labels have not been made yet."))
        else:
            said = _("Thank you. These labels are no longer in the queue.")
            messages.success(request, said if is_news else _("Nothing has changed: it is so already."))
        return redirect("lintas-labels:run", pk=pk)


class RunSheets(LabelOffice):
    """The PDF of a run."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = get_object_or_404(self.runs.select_related("store__partner").defer("labels"), pk=pk)
        if run.pdf is None:
            raise Http404
        answer = HttpResponse(bytes(run.pdf), content_type="application/pdf")
        name = f"labels-{slugify(run.store.partner.code)}-{timezone.localtime(run.asked_at):%Y-%m-%d}-{run.pk}.pdf"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
