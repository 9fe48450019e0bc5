"""What to look at first: each address, who to sign in as, and what to try there."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, Resolver404, resolve

from instore.devices.codes import spaced
from instore.devices.models import Kind
from settings.demonstration.collecting import collecting
from shop.seed import example, staff
from shop.seed.people import SHOPPER, STAFF, TILL, Account


class Stop(NamedTuple):
    """An address, what is there, and as whom to sign in."""

    path: str
    title: str
    account: Account | None = None


def stops() -> Iterator[Stop]:
    """The addresses, in the order of a first look."""
    yield Stop("/", "the shop")
    yield Stop("/id/", "the same in Indonesian")
    yield from _product()
    yield Stop("/stores/", "the five shops")
    yield Stop("/accounts/", "a shopper's account", SHOPPER)
    yield Stop("/accounts/orders/", "what they bought: a till's receipt came home, one thing came back, one is to come")
    yield Stop("/tour/", "what to try, step by step")
    yield Stop("/dashboard/lintas/", "the back office: what the tills said, and what became of it", STAFF)
    yield Stop("/dashboard/", "Oscar's dashboard", STAFF)
    yield Stop("/cms/", "Wagtail", STAFF)
    yield Stop("/api/v1/docs", "the API")
    yield Stop("/readyz", "is everything up?")


def _product() -> Iterator[Stop]:
    """The page of the variant that sells while one looks; of any product where that is not there."""
    products = apps.get_model("catalogue", "Product")._default_manager.filter(is_public=True)
    found = products.filter(code=example.SKU).first() or products.order_by("pk").first()
    if found is not None:
        try:
            yield Stop(found.get_absolute_url(), "a product: open it, and watch the number of Menteng")
        except NoReverseMatch:
            return


def is_there(path: str) -> bool:
    """Whether somebody answers at this address."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def sign_in(account: Account) -> str:
    """Who to sign in as; the password is said only while it is the one that everybody knows."""
    user = get_user_model()._default_manager.filter(email=account.email).first()
    if user is None:
        return ""
    known = user.check_password(account.password)
    return f" (sign in as {account.email}, {account.password})" if known else f" (sign in as {account.email})"


def lines(base: str) -> Iterator[str]:
    """The tour: a line per address, then the commands."""
    there = [stop for stop in stops() if stop.path in {"/", "/id/"} or is_there(stop.path)]
    width = max(len(stop.path) for stop in there)
    for path, title, account in there:
        yield f"  {base}{path:<{width}}  {title}{sign_in(account) if account else ''}"
    yield from collect(base)
    yield "Try beside it:"
    for command, title in commands(base):
        yield f"  {command}"
        yield f"      {title}"


def collect(base: str) -> Iterator[str]:
    """Both sides of the counter: the shopper's page, the code of a tablet until somebody used one, and the PINs."""
    here = collecting() if is_there("/staff/") else None
    if here is None:
        return
    yield "Collect an order, on two devices or in two windows:"
    if here.path:
        yield f"  {base}{here.path}  the phone: order {here.number}, which waits in {here.store}"
    invitation = staff.invite_visitor()
    if invitation:
        yield f"  {base}/staff/enrol/  the tablet: its code is {spaced(invitation.code)}, for ten minutes"
    pins = ", ".join(" ".join(each).strip() for each in here.colleagues)
    yield f"  {base}/staff/  at the tablet (PINs: {pins})"
    yield f"  {base}/tour/#collect  what to do there, and another code"
    kiosk = staff.invite_visitor(kind=Kind.KIOSK)
    if kiosk:
        yield f"  {base}/staff/enrol/  a kiosk, in a private window: its code is {spaced(kiosk.code)}, for ten minutes"


def commands(base: str) -> Iterator[tuple[str, str]]:
    """What to type in another terminal, and what it does."""
    manage = ".venv/bin/python manage.py"
    yield f"{manage} simulator sell {example.SKU} {example.STORE}", "a till sells one: the page of the product follows"
    yield f"{manage} simulator off", "the simulated tills stop (on: they go on; status: how they are)"
    yield f"curl '{base}/api/v1/availability?sku={example.SKU}'", "what every shop has of it"
    if is_there("/api/v1/events"):
        yield f"{manage} connection {TILL} --token", "a bearer token, said once, for the feed below"
        yield f"curl -H 'Authorization: Bearer TOKEN' '{base}/api/v1/events'", "the feed, in order and without a gap"
    yield f"{manage} audit_stock", "proof, from the ledger, that every number is right"
