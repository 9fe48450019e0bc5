"""Where an editor's pages are, worked out from their rows: Wagtail would ask the cache, which may be away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from shop.storefront.memory import Edition, Memory


@dataclass(frozen=True, slots=True)
class Standing:
    """A live page in one language: its title, its number and its path below that language's front page."""

    pk: int
    title: str
    language: str
    path: str

    def url(self, language: str = "") -> str:
        """Its address; in the frame of another ``language`` where it has no translation into that."""
        with translation.override(language or self.language):
            return reverse("wagtail_serve", args=[self.path]) if self.path else reverse("shop-home")


def pages_named(numbers: Iterable[int], language: str) -> dict[int, Standing]:
    """By the number that was chosen: the page in ``language``, else in the shop's first one, else as it was chosen.

    What is not live in any of them is left out. One query; none for no numbers.
    """
    wanted = set(numbers)
    if not wanted:
        return {}
    keys: dict[int, Any] = {}
    standing: dict[Any, list[Standing]] = {}
    for key, live, page in _rows(Page.objects.filter(pk__in=wanted).values("translation_key")):
        keys[page.pk] = key
        if live:
            standing.setdefault(key, []).append(page)
    found = {number: _best(standing.get(keys.get(number), []), language, number) for number in wanted}
    return {number: page for number, page in found.items() if page is not None}


def translations_of(key: Any, edition: Edition) -> Mapping[str, Standing]:
    """The live pages that say the same, by language: one query, none while they are remembered."""
    return _translations.get(str(key), edition)


def _best(pages: list[Standing], language: str, number: int) -> Standing | None:
    order = (
        lambda page: page.language == language,
        lambda page: page.language == settings.LANGUAGE_CODE,
        lambda page: page.pk == number,
    )
    return next((page for suits in order for page in pages if suits(page)), None)


def _rows(keys: Any) -> list[tuple[Any, bool, Standing]]:
    roots = Page.objects.filter(
        translation_key__in=Site.objects.values("root_page__translation_key"), locale=OuterRef("locale")
    )
    pages = Page.objects.filter(translation_key__in=keys).annotate(root=Subquery(roots.values("url_path")[:1]))
    rows = pages.values_list("translation_key", "live", "pk", "title", "locale__language_code", "url_path", "root")
    return [
        (key, live, Standing(pk, title, language, url_path.removeprefix(root)))
        for key, live, pk, title, language, url_path, root in rows.order_by("pk")
        if root and url_path.startswith(root)
    ]


def _read_translations(key: str) -> dict[str, Standing]:
    return {page.language: page for _, live, page in _rows([key]) if live}


_translations: Final = Memory(_read_translations)
