"""What to look at first."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch

from shop.seed.people import SHOPPER, STAFF, Account

Stop = tuple[str, str, Account | None]

FIRST: list[Stop] = [("/", "the shop", None), ("/id/", "the same in Indonesian", None)]
THEN: list[Stop] = [
    ("/accounts/", "a shopper's account", SHOPPER),
    ("/dashboard/", "Oscar's dashboard", STAFF),
    ("/cms/", "Wagtail", STAFF),
    ("/api/v1/docs", "the API", None),
    ("/readyz", "is everything up?", None),
]


def product() -> Iterator[Stop]:
    """A product's page, if there is a product."""
    found = apps.get_model("catalogue", "Product")._default_manager.filter(is_public=True).order_by("pk").first()
    if found is not None:
        try:
            yield (found.get_absolute_url(), "a product, with what every store has of it", None)
        except NoReverseMatch:
            return


def sign_in(account: Account) -> str:
    """Who to sign in as; the password is said only while it is the one that everybody knows."""
    user = get_user_model()._default_manager.filter(email=account.email).first()
    if user is None:
        return ""
    known = user.check_password(account.password)
    return f" (sign in as {account.email}, {account.password})" if known else f" (sign in as {account.email})"


def lines(base: str) -> Iterator[str]:
    """The tour, a line per address."""
    stops = [*FIRST, *product(), *THEN]
    width = max(len(path) for path, _, _ in stops)
    for path, title, account in stops:
        yield f"  {base}{path:<{width}}  {title}{sign_in(account) if account else ''}"
