"""Our pages in Oscar's dashboard: a section of its menu, and who may open them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from oscar.core.loading import get_class
from oscar.views.decorators import check_permissions, permissions_required

from omni_sync.design.languages import reader_language
from omni_sync.oscar.models import Partner

NAVIGATION: Final = "OSCAR_DASHBOARD_NAVIGATION"
PAGES: Final = (
    (_("Inbox"), "lintas:inbox"),
    (_("Deliveries"), "lintas:deliveries"),
    (_("Unmatched lines"), "lintas:unmatched"),
    (_("Stock"), "lintas:stock"),
    (_("Shortfalls"), "lintas:shortfalls"),
    (_("Drift"), "lintas:drift"),
    (_("Locations"), "lintas:locations"),
    (_("Connections"), "lintas:connections"),
    (_("Messages"), "lintas:messages"),
    (_("Journeys"), "lintas-journeys:all"),
    (_("Maybe one person"), "lintas:matches"),
    (_("Data requests"), "lintas-privacy:requests"),
)
#: These show one store's goods at a time: a partner's own people may open them, and see their own stores.
OF_STORES: Final = {"lintas:stock", "lintas:shortfalls", "lintas:drift"}

_children: Final[list[dict[str, Any]]] = []  # what stands in our section, also of rooms that are ready later


def add_to_dashboard() -> None:
    """Append our section to Oscar's menu, unless the shop has placed our pages in it by itself."""
    present = list(getattr(settings, NAVIGATION, ()))
    if any(str(item.get("url_name", "")).startswith("lintas:") for section in present for item in _with_pages(section)):
        return
    _children[:0] = [_entry(label, name) for label, name in PAGES]
    section = {"label": "Lintas", "icon": "fas fa-store", "children": _children, "access_fn": may_see}
    setattr(settings, NAVIGATION, [*present, section])


def add_pages_of_stores(*pages: tuple[Any, str]) -> None:
    """A room above has pages in our section, each a label and a name; a partner's own people may open them."""
    OF_STORES.update(name for _label, name in pages)
    _children.extend(_entry(label, name) for label, name in pages)


def add_pages_of_staff(*pages: tuple[Any, str]) -> None:
    """The same for pages that nobody but the shop's own staff may open."""
    _children.extend(_entry(label, name) for label, name in pages)


def may_see(user: Any, page: str | None = None, *_: Any) -> bool:
    """Whether the menu shows ``page``, or our section, to ``user``: Oscar asks so."""
    return bool(check_permissions(user, _of_stores() if page is None or page in OF_STORES else _staff()))


def visible_places(user: Any) -> QuerySet[Any]:
    """The partners whose goods ``user`` may see: all for staff, their own for the people of a partner."""
    places: QuerySet[Any] = Partner.objects.order_by("name", "pk")
    return places if user.is_staff else places.filter(users=user.pk)


class BackOffice(View):
    """A page of the dashboard: staff only; in the reader's language, although its address doesn't name one."""

    @classmethod
    def permissions(cls) -> Any:
        """Who may open it, as Oscar writes that."""
        return _staff()

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, behind the door that Oscar's own pages are behind."""
        guard = permissions_required(cls.permissions(), login_url=reverse_lazy("dashboard:login"))
        return guard(super().as_view(**initkwargs))

    @property
    def reader(self) -> Any:
        """The signed-in person: the door let nobody else in."""
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, the template rendered already."""
        with translation.override(reader_language(request)):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
            if isinstance(response, HttpResponse):
                response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class StoreOffice(BackOffice):
    """A page about stores: for staff, and for the people of a partner, who see no store but their own."""

    @classmethod
    def permissions(cls) -> Any:
        """Staff, or whoever Oscar lets into the dashboard for their partner."""
        return _of_stores()

    @cached_property
    def places(self) -> list[Any]:
        """The partners whose goods this reader may see."""
        return list(visible_places(self.reader))


def _entry(label: Any, name: str) -> dict[str, Any]:
    return {"label": label, "url_name": name, "access_fn": may_see}


def _with_pages(section: Any) -> list[Any]:
    return [section, *section.get("children", ())]


def _staff() -> Any:
    return get_class("dashboard.permissions", "DashboardPermission").staff


def _of_stores() -> Any:
    allowed = get_class("dashboard.permissions", "DashboardPermission")
    return (allowed.staff, allowed.partner_dashboard_access)
