"""How often one address may send the forms that strangers like to try."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from omni_sync.limits import Limit, caller
from shop.safety.paused import paused

QUARTER: Final = 15 * 60
HOUR: Final = 60 * 60

password_reset: Final = Limit("password-reset", most=6, seconds=QUARTER)
registration: Final = Limit("registration", most=12, seconds=HOUR)
voucher: Final = Limit("voucher", most=20, seconds=QUARTER)
order_lookup: Final = Limit("order-lookup", most=20, seconds=QUARTER)
review: Final = Limit("review", most=20, seconds=HOUR)
alert: Final = Limit("alert", most=20, seconds=HOUR)

LIMITS: Final[dict[str, Limit]] = {
    "password-reset": password_reset,
    "wagtailadmin_password_reset": password_reset,
    "customer:register": registration,
    "shop-register": registration,
    "basket:vouchers-add": voucher,
    "customer:anon-order-form": order_lookup,
    "customer:anon-order": order_lookup,
    "shop-guests-order": order_lookup,
    "catalogue:reviews-add": review,
    "shop-review-add": review,
    "customer:alert-create": alert,
}
LOOKED_AT: Final = frozenset(
    {"customer:anon-order", "shop-guests-order"}
)  # a plain look is a try there: the address is the secret
SIGN_IN: Final = frozenset({"customer:login", "shop-sign-in"})  # a page of two forms; Axes counts the other
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class LimitForms:
    """Answer 429 to who sends one of these forms too often; no other request is looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        limit = _limit(request, name) if settings.SHOP_LIMITS_FORMS else None
        wait = limit.refusal(caller(request)) if limit else None
        return None if wait is None else paused(request, seconds=wait)


def _limit(request: HttpRequest, name: str) -> Limit | None:
    if request.method in SAFE and name not in LOOKED_AT:
        return None
    if name in SIGN_IN:
        return registration if "registration_submit" in request.POST else None
    return LIMITS.get(name)
