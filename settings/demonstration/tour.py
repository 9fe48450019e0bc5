"""What to look at first."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch

STOPS = [
    ("the shop", "/", ""),
    ("the shop in Indonesian", "/id/", ""),
    ("stock by the API", "/api/v1/docs", ""),
    ("Oscar's dashboard", "/dashboard/", "staff"),
    ("Wagtail", "/cms/", "staff"),
    ("is everything up?", "/readyz", ""),
]


def product_stop() -> Iterator[tuple[str, str, str]]:
    """A product's page, if there is a product."""
    product = apps.get_model("catalogue", "Product").objects.filter(is_public=True).order_by("pk").first()
    if product is not None:
        try:
            yield ("a product, with every shop's stock", product.get_absolute_url(), "")
        except NoReverseMatch:
            return


def staff_sign_in() -> str:
    """Who may enter the back offices."""
    staff = get_user_model().objects.filter(is_superuser=True).order_by("pk").first()
    return f"sign in as {staff.email}" if staff else "no staff account yet: manage.py createsuperuser"


def lines(base: str) -> Iterator[str]:
    """The tour, a line per address."""
    stops = [*STOPS[:2], *product_stop(), *STOPS[2:]]
    for title, path, who in stops:
        yield f"  {base + path:<58} {title}{': ' + staff_sign_in() if who else ''}"
