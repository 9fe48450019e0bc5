"""Collected at a street shop: the boutique's own few lines of docs/adopt.md."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from instore.stores.models import Store
from omni_sync.carts.fulfilment import choose


def open_store(partner):
    """Once for each street shop, as in a data migration; the days begin on Monday."""
    return Store.objects.create(partner=partner, city="Lisboa", weekly_hours=[[["10:00", "19:00"]]] * 6 + [[]])


@require_POST
def collect_at(request, code):
    """Where a button of your basket's page leads; ``place=None`` has everything delivered again."""
    store = get_object_or_404(Store.objects.public(), partner__code=code)
    choose(basket=request.basket, place=store.partner)
    return redirect("basket:summary")
