"""Credit vouchers of the reader's stores: what is owed, and one voucher line by line."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.generic import DetailView, ListView

from instore.stores.office import OwnStores
from instore.vouchers.exceptions import NotEnough, VoucherVoided
from instore.vouchers.figures import figures
from instore.vouchers.models import CreditVoucher, VoucherEntry
from instore.vouchers.void import void

PAGE: Final = 50
LONGEST_REASON: Final = 200
ENTRIES: Final = 200


class VoucherOffice(OwnStores):
    """A page about vouchers that were issued in the reader's stores. None of them shows a code."""

    def mine(self) -> QuerySet[CreditVoucher]:
        rows = CreditVoucher.objects.filter(store__in=self.stores).defer("code_hash", "token_hash", "sealed")
        return rows.select_related("store__partner__location", "sale_return")


class Vouchers(VoucherOffice, ListView):  # type: ignore[type-arg]
    """The sums of each store, and the vouchers, the newest first; by number, by store, or those tills overspent."""

    template_name = "instore/dashboard/vouchers.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[CreditVoucher]:
        short = Exists(VoucherEntry.objects.filter(voucher=OuterRef("pk"), short__gt=0))
        rows = self.mine().annotate(is_overspent=short).order_by("-pk")
        if self._number():
            rows = rows.filter(number__iexact=self._number())
        if self.request.GET.get("what") == "overspent":
            rows = rows.filter(short)
        store = self.asked_for
        return rows.filter(store=store) if store else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stores = {store.pk: store for store in self.stores}
        found = figures(list(stores))
        sums = [(stores[pk], currency, of) for (pk, currency), of in found.items()]
        return {
            **super().get_context_data(**kwargs),
            "sums": sorted(sums, key=lambda row: (str(row[0]), row[1])),
            "stores": stores.values(),
            "store": self.asked_for,
            "number": self._number(),
            "what": self.request.GET.get("what", ""),
        }

    def _number(self) -> str:
        return self.request.GET.get("number", "").replace("\x00", "").strip()[:PAGE]


class OneVoucher(VoucherOffice, DetailView):  # type: ignore[type-arg]
    """Its ledger; posted with a reason, it is void."""

    template_name = "instore/dashboard/voucher.html"
    context_object_name = "voucher"

    def get_object(self, queryset: Any = None) -> CreditVoucher:
        return get_object_or_404(self.mine(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.object.entries.select_related("store__partner", "order").order_by("-pk")[:ENTRIES]
        return {**super().get_context_data(**kwargs), "entries": entries}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        voucher = self.get_object()
        reason = " ".join(request.POST.get("reason", "").replace("\x00", "").split())[:LONGEST_REASON]
        if not reason:
            messages.error(request, gettext("Say why it is voided."))
            return redirect("lintas-vouchers:voucher", pk=voucher.pk)
        try:
            void(voucher_id=voucher.pk, reason=reason, who=self.reader.get_full_name() or self.reader.get_username())
        except (VoucherVoided, NotEnough):
            messages.error(request, gettext("There is nothing left of it to be voided."))
        else:
            messages.success(request, gettext("It is void."))
        return redirect("lintas-vouchers:voucher", pk=voucher.pk)
