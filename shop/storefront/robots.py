"""``/robots.txt``: what search engines need not read, and where they find what there is. The icon of pages without."""

from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

#: Nobody's search result: what is one person's own, back offices, and what answers machines.
CLOSED: Final = (
    "basket/", "checkout/", "accounts/", "search/", "wishlists/", "seen/", "vouchers/",
    "dashboard/",
)  # fmt: skip
CLOSED_ONCE: Final = ("cms/", "api/", "live/", "metrics", "healthz", "readyz", "i18n/", "pay/")
#: The catalogue as somebody narrowed it: the same goods at addresses without end. Pages of it are read.
NARROWED: Final = ("q", "category", "size", "colour", "price_min", "price_max", "here", "mine", "sort", "stores", "but")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The same for every robot."""
    prefixes = ["/", *(f"/{code}/" for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{path}" for path in CLOSED_ONCE]
    lines += [f"Disallow: {prefix}{path}" for prefix in prefixes for path in CLOSED]
    lines += [f"Disallow: {prefix}catalogue/*/reviews/add/" for prefix in prefixes]
    lines += [f"Disallow: /*{mark}{name}=" for name in NARROWED for mark in "?&"]
    lines += ["", f"Sitemap: {urljoin(settings.BASE_URL, reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The shop's mark, for pages that name none: a page that says there is nothing would set a token of its own."""
    return redirect(static("lintas/mark.svg"))
