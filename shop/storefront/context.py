"""Oscar's context, worked out only on a page that shows it: its search form and its count of unread notifications."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from oscar.apps.communication.notifications.context_processors import notifications
from oscar.apps.search.context_processors import search_form

OFFICES: Final = ("cms/", "dashboard/")


def lazily(request: HttpRequest) -> dict[str, Any]:
    """What Oscar's two context processors give, none of it asked for yet; no search of the shop in its back offices.

    Wagtail's lists have a ``search_form`` of their own, and show whatever has that name.
    """
    given: dict[str, Any] = {}
    if not _is_office(request):
        given["search_form"] = SimpleLazyObject(lambda: search_form(request)["search_form"])
    if getattr(request, "user", None) is not None:
        given["num_unread_notifications"] = SimpleLazyObject(
            lambda: notifications(request).get("num_unread_notifications", "")
        )
    return given


def _is_office(request: HttpRequest) -> bool:
    """Wagtail's or Oscar's back office; a page that says an error is neither."""
    found = request.resolver_match
    return found is not None and found.route.removeprefix(f"{get_language()}/").startswith(OFFICES)
