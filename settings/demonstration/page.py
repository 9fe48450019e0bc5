"""``/tour/``: what to try, and who to sign in as. There under the demo's settings only."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from redis.exceptions import RedisError

from instore.devices.codes import spaced
from instore.devices.models import Kind
from instore.stores.queries import level_of
from omni_sync.live.topics import stock_topic
from omni_sync.oscar.models import StockRecord
from omni_sync.stock.models import Level
from settings.demonstration import tour
from settings.demonstration.collecting import collecting
from settings.simulator import switch
from settings.simulator.door import Later, Refused
from settings.simulator.sell import sell_one
from settings.simulator.shelves import NothingThere
from shop.seed import example, staff
from shop.seed.people import SHOPPER, STAFF, Account
from shop.storefront import tour as words
from shop.storefront.addresses import product_url

CODE: Final = "tour_code"  # of a tablet: shown once, to who asked for it
KIOSK: Final = "tour_kiosk_code"
PLACES: Final = {"code": "#collect", "kiosk": "#kiosk"}  # of the page, by what was done there


class Article(NamedTuple):
    """The variant that sells while one looks, and how many its shop has."""

    sku: str
    title: str
    store: str
    url: str
    available: int
    level: str
    topics: list[str]


class Guest(NamedTuple):
    """Somebody to sign in as; the password only while it is the one that everybody knows."""

    email: str
    password: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The tour; its buttons sell one at the till, let the simulated tills sell or stop, and enrol a tablet."""
    if request.method == "POST":
        _do(request)
        return redirect(request.path + PLACES.get(request.POST.get("do", ""), ""))
    context: dict[str, Any] = {
        "article": _article(),
        "collecting": collecting(),
        "code": _code(request, CODE),
        "kiosk_code": _code(request, KIOSK),
        "shopper": _guest(SHOPPER),
        "staff": _guest(STAFF),
        "tills": switch.seen(),
        "tills_sell": switch.is_on(),
        "has_back_office": tour.is_there("/dashboard/lintas/"),
        "has_feed": tour.is_there("/api/v1/events"),
        "base": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "shop/tour.html", context)


def _do(request: HttpRequest) -> None:
    wanted = request.POST.get("do")
    try:
        if wanted == "sell":
            messages.success(request, words.sold(sell_one(sku=example.SKU, store=example.STORE)))
        elif wanted in {"on", "off"}:
            switch.turn(on=wanted == "on")
        elif wanted == "code" and (invitation := staff.invite_visitor(again=True)):
            request.session[CODE] = spaced(invitation.code)
        elif wanted == "kiosk" and (invitation := staff.invite_visitor(kind=Kind.KIOSK, again=True)):
            request.session[KIOSK] = spaced(invitation.code)
    except NothingThere:
        messages.error(request, words.NOTHING)
    except (Later, Refused):
        messages.error(request, words.BUSY)
    except (RedisError, OSError):
        messages.error(request, words.NO_CACHE)


def _code(request: HttpRequest, name: str) -> str:
    """What was asked for, once. The part of the page that follows the till reads it too, and must not take it away."""
    return "" if request.headers.get("HX-Request") else request.session.pop(name, "")


def _article() -> Article | None:
    """One query; None where the demo's goods are not there."""
    record = (
        StockRecord.objects.filter(partner_sku=example.SKU, partner__code=example.STORE)
        .select_related("partner", "product__parent", "level")
        .first()
    )
    if record is None:
        return None
    product = record.product
    try:
        available = record.level.available
    except Level.DoesNotExist:
        available = 0
    return Article(
        sku=example.SKU,
        title=product.get_title(),
        store=str(record.partner),
        url=product_url(product.slug, product.pk),
        available=available,
        level=level_of(available),
        topics=[stock_topic(product.pk)],
    )


def _guest(account: Account) -> Guest | None:
    user = get_user_model()._default_manager.filter(email=account.email).only("password").first()
    if user is None:
        return None
    return Guest(account.email, account.password if _is_known(account.password, user.password) else "")


@lru_cache(maxsize=16)
def _is_known(password: str, encoded: str) -> bool:
    """Checking takes a tenth of a second, on purpose: once for each password it is."""
    return check_password(password, encoded)
