"""Oscar's context, worked out only on a page that shows it: its search form and its count of unread notifications."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from oscar.apps.communication.notifications.context_processors import notifications
from oscar.apps.search.context_processors import search_form


def lazily(request: HttpRequest) -> dict[str, Any]:
    """What Oscar's two context processors give, none of it asked for yet; no search of the shop in its back offices.

    Wagtail's lists have a ``search_form`` of their own, and show whatever has that name.
    """
    given: dict[str, Any] = {}
    if not request.path.startswith((reverse("wagtailadmin_home"), reverse("dashboard:index"))):
        given["search_form"] = SimpleLazyObject(lambda: search_form(request)["search_form"])
    if getattr(request, "user", None) is not None:
        given["num_unread_notifications"] = SimpleLazyObject(
            lambda: notifications(request).get("num_unread_notifications", "")
        )
    return given
