"""Being told when something is back: for members and for guests, who confirm by a link in a letter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oscar.apps.customer.alerts.views import ProductAlertCreateView
from oscar.core.loading import get_model

from omni_sync.oscar.models import ProductAlert
from shop.storefront.account.thumbs import ALONG, first_image, is_shown
from shop.storefront.addresses import product_url
from shop.storefront.memory import edition_of
from shop.storefront.pictures import Picture, picture
from shop.storefront.words import own_words


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing somebody waits for."""

    pk: int
    title: str
    url: str
    since: datetime
    picture: Picture | None


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What this account waits for: one query beside the page's own."""
    found = ProductAlert.objects.filter(user=request.user, status=ProductAlert.ACTIVE)
    edition = edition_of(request)
    rows = [
        Waiting(
            pk=alert.pk,
            title=title_of(alert.product),
            url=product_url(alert.product.slug, alert.product_id) if is_shown(alert.product) else "",
            since=alert.date_created,
            picture=picture(alert.image or "", edition),
        )
        for alert in found.select_related(*ALONG).annotate(image=first_image()).order_by("-date_created")
    ]
    return render(request, "oscar/customer/alerts/alert_list.html", {"rows": rows, "active_tab": "alerts"})


def title_of(product: Any) -> str:
    """What the product is called; a size without a name of its own is called as its style."""
    return own_words(product.title or (product.parent.title if product.parent else ""))


class WaitFor(ProductAlertCreateView):
    """Ask to be told; for a guest it counts once the letter was answered."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = None
        self.product = get_object_or_404(get_model("catalogue", "Product"), pk=kwargs["pk"], is_public=True)
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response


@require_POST
def stop_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what this account asked for."""
    alert = get_object_or_404(ProductAlert, pk=pk, user=request.user)
    _cancel(request, alert)
    return redirect("customer:alerts-list")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The link in a guest's letter shows a button; the button counts. Mail scanners open links, too."""
    alert = _by_key(key)
    if request.method != "POST":
        return _asked(request, "shop/account/alert_confirm.html", alert)
    if alert.can_be_confirmed:
        alert.confirm()
        messages.success(request, _("We will write to you as soon as it is back."))
    else:
        messages.error(request, _("This alert was confirmed or stopped before."))
    return redirect(alert.product.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """The same for the link that stops it."""
    alert = _by_key(key)
    if request.method != "POST":
        return _asked(request, "shop/account/alert_cancel.html", alert)
    _cancel(request, alert)
    return redirect(alert.product.get_absolute_url())


def _by_key(key: str) -> Any:
    return get_object_or_404(ProductAlert.objects.exclude(key="").select_related("product__parent"), key=key)


def _asked(request: HttpRequest, template: str, alert: Any) -> HttpResponse:
    response = render(request, template, {"alert": alert, "title": title_of(alert.product)})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _cancel(request: HttpRequest, alert: Any) -> None:
    if alert.can_be_cancelled:
        alert.cancel()
        messages.success(request, _("We will not write to you about it."))
    else:
        messages.error(request, _("This alert was stopped before."))
