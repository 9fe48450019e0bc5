"""Our pages in Oscar's dashboard: a section of its menu, and who may open them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from oscar.core.loading import get_class
from oscar.views.decorators import check_permissions, permissions_required

NAVIGATION: Final = "OSCAR_DASHBOARD_NAVIGATION"
PAGES: Final = (
    (_("Inbox"), "lintas:inbox"),
    (_("Unmatched lines"), "lintas:unmatched"),
    (_("Shortfalls"), "lintas:shortfalls"),
    (_("Locations"), "lintas:locations"),
    (_("Connections"), "lintas:connections"),
)


def add_to_dashboard() -> None:
    """Append our section to Oscar's menu, unless the shop has placed our pages in it by itself."""
    present = list(getattr(settings, NAVIGATION, ()))
    if any(str(item.get("url_name", "")).startswith("lintas:") for section in present for item in _with_pages(section)):
        return
    pages = [{"label": label, "url_name": name, "access_fn": may_see} for label, name in PAGES]
    section = {"label": "Lintas", "icon": "fas fa-store", "children": pages, "access_fn": may_see}
    setattr(settings, NAVIGATION, [*present, section])


def may_see(user: Any, *_: Any) -> bool:
    """Whether the menu shows our pages to ``user``: Oscar asks so, with the page's address."""
    return bool(check_permissions(user, _permissions()))


class BackOffice(View):
    """A page of the dashboard: staff only; in the reader's language, although its address doesn't name one."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, behind the door that Oscar's own pages are behind."""
        guard = permissions_required(_permissions(), login_url=reverse_lazy("dashboard:login"))
        return guard(super().as_view(**initkwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, the template rendered already."""
        with translation.override(_language(request)):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
            if isinstance(response, HttpResponse):
                response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


def _with_pages(section: Any) -> list[Any]:
    return [section, *section.get("children", ())]


def _permissions() -> Any:
    return get_class("dashboard.permissions", "DashboardPermission").staff


def _language(request: HttpRequest) -> str:
    """Where addresses name the language, one that doesn't would always speak the default: ask the reader's browser."""
    by_address, _prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    return translation.get_language_from_request(request) if by_address else translation.get_language() or "en"
