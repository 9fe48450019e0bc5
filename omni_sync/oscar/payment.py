"""The checkout's last page: how to pay, and the answer when the last unit went to somebody else."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from oscar.core.loading import get_class

from omni_sync import conf
from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.checkout.forms import LastWords
from omni_sync.checkout.intend import Wish, intend, open_page
from omni_sync.checkout.models import Intended
from omni_sync.checkout.settle import give_up
from omni_sync.checkout.times import times_of
from omni_sync.money.exceptions import InvalidAmount
from omni_sync.oscar.intended import fields_of
from omni_sync.oscar.refusals import BasketTaken, PaymentAway, UnableToPlaceOrder
from omni_sync.payments.begin import Pages
from omni_sync.payments.exceptions import NotOpen, Reject, Retry
from omni_sync.people.sizes.somebody import ASKED, shops_for_somebody_else

if TYPE_CHECKING:
    from oscar.apps.checkout.views import PaymentDetailsView
    from oscar.apps.payment.exceptions import PaymentError, RedirectRequired
else:
    PaymentDetailsView = object
    PaymentError, RedirectRequired = (
        get_class("payment.exceptions", name) for name in ("PaymentError", "RedirectRequired")
    )

log = structlog.get_logger(__name__)


class PaidOrLater(PaymentDetailsView):
    """Asks how to pay where a provider is set up (LINTAS_CHECKOUT_PROVIDER), and leaves for its page; of goods that are
    collected it asks when, and whom to call.

    What was refused is shown with the reason, as 409 Conflict, over a basket that is open again. A shop's own
    ``handle_payment`` is asked as ever, unless its shopper chose to pay on the provider's page.
    """

    request: Any
    preview: bool
    checkout_session: Any
    last_words: LastWords | None = None
    intended: Intended | None = None
    #: What was submitted, for those of Oscar's steps that are not told.
    submitted: dict[str, Any]

    def get_template_names(self) -> list[str]:
        """Oscar's own preview has no room for what is asked: ours fills its block, a shop's own template may include
        ``omni_sync/checkout/last_words.html``."""
        if self.preview and (conf.checkout_provider() or _is_collected(self.request.basket)):
            return ["omni_sync/checkout/preview.html"]
        templates: list[str] = super().get_template_names()
        return templates

    def get_context_data(self, **kwargs: Any) -> Any:
        context = super().get_context_data(**kwargs)
        context["last_words"] = self.last_words or LastWords(is_collected=_is_collected(self.request.basket))
        context["times"] = times_of(self.request.basket) if self.preview else ()
        context["is_test_money"] = conf.is_test_money()
        return context

    def handle_place_order_submission(self, request: Any) -> Any:
        """Oscar's, once what was said beside it makes sense."""
        self.last_words = LastWords(request.POST, is_collected=_is_collected(request.basket))
        if not self.last_words.is_valid():
            response = self.render_preview(request)
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
            return response
        return super().handle_place_order_submission(request)

    def build_submission(self, **kwargs: Any) -> Any:
        """With what goes to ``order_promised`` when the order is placed."""
        submission = super().build_submission(**kwargs)
        if self.last_words is not None and self.last_words.is_valid():
            is_so = {ASKED: True} if shops_for_somebody_else(self.request) else {}
            asked = self.last_words.asked | {"language": get_language() or ""} | is_so
            submission["order_kwargs"].setdefault("asked", asked)
        return submission

    def submit(self, *args: Any, payment_kwargs: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """Submit as Oscar does. A basket that could not even be promised never reaches the payment."""
        self.submitted = kwargs
        try:
            response = super().submit(*args, payment_kwargs=payment_kwargs, **kwargs)  # type: ignore[misc]
        except BasketTaken as refusal:
            response = self._where_it_is_paid(kwargs.get("basket")) or self._refused(refusal, payment_kwargs)
        except UnableToPlaceOrder as refusal:
            response = self._refused(refusal, payment_kwargs)
        if getattr(self, "refusal", None) is not None and not isinstance(response, HttpResponseRedirect):
            response.status_code = HTTPStatus.CONFLICT
        return response

    def freeze_basket(self, basket: Any) -> None:
        """Freeze and promise; with an order that is paid first, write it down in the same transaction."""
        if not self._pays_now:
            super().freeze_basket(basket)
            return
        with transaction.atomic():
            super().freeze_basket(basket)
            self.intended = intend(basket_id=basket.pk, wish=self._wish())

    def handle_payment(self, order_number: Any, total: Any, **kwargs: Any) -> Any:
        """Leave for the provider's page, or pay as the shop does."""
        if self.intended is None:
            return super().handle_payment(order_number, total, **kwargs)
        try:
            payment = open_page(intended=self.intended, pages=self._pages(), email=self._email())
        except (Retry, Reject, NotOpen, InvalidAmount) as failure:
            log.warning("payment page not opened", order=self.intended.number, reason=str(failure))
            give_up(key=self.intended.key, why=Intended.Why.AWAY)
            self.refusal = PaymentAway()
            raise PaymentError(str(self.refusal)) from failure
        raise RedirectRequired(payment.url)

    def render_preview(self, request: Any, **kwargs: Any) -> Any:
        """In our words where the provider could not be reached."""
        if isinstance(getattr(self, "refusal", None), PaymentAway):
            kwargs["error"] = str(self.refusal)
        return super().render_preview(request, **kwargs)

    @property
    def _pays_now(self) -> bool:
        said = self.last_words
        return said is not None and said.is_valid() and said.pays_now and self.submitted["order_total"].incl_tax > 0

    def _refused(self, refusal: Exception, payment_kwargs: dict[str, Any] | None) -> Any:
        return self.render_preview(self.request, error=str(refusal), **(payment_kwargs or {}))

    def _where_it_is_paid(self, basket: Any) -> HttpResponseRedirect | None:
        """A second click, or another tab: the same order, the same page."""
        same = Intended.objects.open().filter(basket=basket.pk).first()
        if same is None:
            return None
        self.checkout_session.set_submitted_basket(basket)
        return HttpResponseRedirect(reverse("lintas-checkout:unfinished", args=[same.key]))

    def _wish(self) -> Wish:
        said, total = self.submitted, self.submitted["order_total"]
        user, asked = said["user"], said["order_kwargs"].get("asked", {})
        return Wish(
            number=str(self.checkout_session.get_order_number()),
            user_id=user.pk if user.is_authenticated else None,
            email=said["order_kwargs"].get("guest_email") or "",
            address=fields_of(said["shipping_address"]),
            billing=fields_of(said["billing_address"]),
            method=said["shipping_method"].code,
            asked=asked,
            language=get_language() or "",
            amount=Decimal(total.incl_tax),
            currency=total.currency,
        )

    def _email(self) -> str:
        return str(self.submitted["order_kwargs"].get("guest_email") or getattr(self.submitted["user"], "email", ""))

    def _pages(self) -> Pages:
        assert self.intended is not None
        paid, back = (
            self.request.build_absolute_uri(reverse(f"lintas-checkout:{name}", args=[self.intended.key]))
            for name in ("paid", "back")
        )
        return Pages(paid=paid, back=back)


def _is_collected(basket: Any) -> bool:
    return fulfilment_of(basket).is_collected
