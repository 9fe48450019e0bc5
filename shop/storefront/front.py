"""The front page: what an editor wrote, the doors, what is new, and the stores."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from shop.storefront.catalogue import Shelf, top_shelves
from shop.storefront.memory import Memory, catalogue_version
from shop.storefront.pictures import Picture
from shop.storefront.shelf import Card, newest
from shop.storefront.stores import StoreLine, store_lines
from shop.storefront.wide import wide_picture

if TYPE_CHECKING:
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
    version = catalogue_version(request)
    lines = store_lines(request, version)
    return Front(
        picture=_hero.get(page.picture_id or 0, version),
        doors=top_shelves(version),
        cards=newest(version=version),
        stores=lines[:STORES],
        more_stores=max(len(lines) - STORES, 0),
    )


def front_page(request: HttpRequest) -> Page | None:
    """The live front page of the reader's language, as Wagtail would route to it; None: let Wagtail decide.

    A page that not everybody may see is Wagtail's business too.
    """
    key = (request.get_host(), get_language() or "")
    return _pages.get(key, catalogue_version(request))


def _read_page(key: tuple[str, str]) -> Page | None:
    from wagtail.models import Site

    host, language = key
    request: Any = HttpRequest()
    request.META = {"HTTP_HOST": host, "SERVER_NAME": host, "SERVER_PORT": "80"}
    site = Site.find_for_request(request)
    if site is None:
        return None
    root = site.root_page
    translations = root.get_translations(inclusive=True).live().select_related("locale")
    page = translations.filter(locale__language_code=language).first() or (root if root.live else None)
    if page is None or page.get_view_restrictions().exists():
        return None
    return page.specific


def _read_hero(picture: int) -> Picture | None:
    from wagtail.images import get_image_model

    image = get_image_model().objects.filter(pk=picture).first() if picture else None
    return wide_picture(image) if image else None


_pages: Final = Memory(_read_page)
_hero: Final = Memory(_read_hero)
