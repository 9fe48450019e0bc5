"""What a store's receipts say above and below the goods, and whether they are counted."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import structlog
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, UpdateView

from instore.receipts.models import Letterhead
from instore.stores.models import Store
from instore.stores.office import OwnStores

STORES: Final = 20
COUNTING: Final = ("counts", "prefix")
log = structlog.get_logger()


class LetterheadForm(forms.ModelForm):  # type: ignore[type-arg]
    """How receipts are counted is not changed by the way: it has to be said that it is meant."""

    sure = forms.BooleanField(
        label=_("Yes, change how receipts are counted"),
        required=False,
        help_text=_("Receipts that were issued keep their numbers. Who changed this, and when, is kept in the log."),
    )

    class Meta:
        model = Letterhead
        fields = ("legal_name", "tax_number", "above", "below", "counts", "prefix", "voucher_days")
        widgets: ClassVar = {"above": forms.Textarea({"rows": 3}), "below": forms.Textarea({"rows": 3})}
        help_texts: ClassVar = {
            "below": _("Such as how long goods can be returned."),
            "counts": _(
                "Every receipt gets the next number of this store, none is left out. Ask your accountant first."
            ),
            "prefix": _("MT- makes MT-1, MT-2 and so on."),
            "voucher_days": _("Of vouchers issued from now on. Empty: as everywhere else; 0: without an end."),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.changes_counting and not said.get("sure"):
            self.add_error("sure", gettext("Tick this to change how receipts are counted."))
        return said

    @property
    def changes_counting(self) -> bool:
        """Whether it is more than words that change."""
        return any(name in self.changed_data for name in COUNTING)


class Letterheads(OwnStores, ListView):  # type: ignore[type-arg]
    """The reader's stores."""

    template_name = "instore/dashboard/letterheads.html"
    paginate_by = STORES

    def get_queryset(self) -> QuerySet[Store]:
        return self.stores.select_related("partner", "letterhead")


class EditLetterhead(OwnStores, UpdateView):  # type: ignore[type-arg]
    """One of the reader's stores. What was issued stays as it was numbered."""

    form_class = LetterheadForm
    template_name = "instore/dashboard/letterhead.html"
    success_url = reverse_lazy("lintas-receipts:letterheads")

    def get_object(self, queryset: Any = None) -> Letterhead:
        store = get_object_or_404(self.stores, pk=self.kwargs["pk"])
        return Letterhead.objects.filter(store=store).select_related("store__partner").first() or Letterhead(
            store=store
        )

    def form_valid(self, form: Any) -> HttpResponse:
        head: Letterhead = form.instance
        with transaction.atomic():
            Letterhead.objects.get_or_create(store=head.store)
            head.save(force_update=True, update_fields=form.Meta.fields)  # never the number given last
        if form.changes_counting:
            log.warning("receipts.counting_changed", store=head.store_id, by=self.reader.pk, counts=head.counts)
        messages.success(self.request, gettext("Saved."))
        return HttpResponseRedirect(str(self.success_url))
