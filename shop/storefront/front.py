"""The front page: what an editor wrote, the doors, what is new, and the stores."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site

from shop.storefront.catalogue import Shelf, top_shelves
from shop.storefront.memory import Memory, edition_of
from shop.storefront.pictures import Picture
from shop.storefront.shelf import Card, newest
from shop.storefront.stores import StoreLine, store_lines
from shop.storefront.wide import wide_picture

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shop.content.models import HomePage

STORES: Final = 6


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the front page below its words."""

    picture: Picture | None
    doors: tuple[Shelf, ...]
    cards: list[Card]
    stores: list[StoreLine]
    more_stores: int


def front_of(page: "HomePage", request: HttpRequest) -> Front:
    """The parts of ``page``: two queries beside those for what is remembered."""
    edition = edition_of(request)
    lines = store_lines(request, edition)
    return Front(
        picture=_hero.get(page.picture_id or 0, edition),
        doors=top_shelves(edition),
        cards=newest(edition=edition),
        stores=lines[:STORES],
        more_stores=max(len(lines) - STORES, 0),
    )


def front_page(request: HttpRequest) -> Page | None:
    """The live front page of the reader's language, as Wagtail would route to it; None: let Wagtail decide.

    A page that not everybody may see is Wagtail's business too.
    """
    key = (request.get_host(), get_language() or "")
    return _pages.get(key, edition_of(request))


def _read_page(key: tuple[str, str]) -> Page | None:
    host, language = key
    site = Site.find_for_request(_asked_at(host))
    if site is None:
        return None
    homes = (
        apps.get_model("shop", "HomePage")
        .objects.live()
        .filter(translation_key=site.root_page.translation_key, locale__language_code=language)
    )
    home = homes.annotate(is_restricted=Exists(_restrictions())).first()
    return None if home is None or home.is_restricted else home


def _restrictions() -> "QuerySet[Any]":
    """Those of a page and of what is above it: its path begins with theirs."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    found: QuerySet[Any] = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return found


def _asked_at(host: str) -> HttpRequest:
    request = HttpRequest()
    name, _, port = host.partition(":")
    request.META = {"HTTP_HOST": host, "SERVER_NAME": name, "SERVER_PORT": port or "80"}
    return request


def _read_hero(picture: int) -> Picture | None:
    from wagtail.images import get_image_model

    image = get_image_model().objects.prefetch_related("renditions").filter(pk=picture).first() if picture else None
    return wide_picture(image) if image else None


_pages: Final = Memory(_read_page)
_hero: Final = Memory(_read_hero)
