"""What other sites are told of a page: its one address, the same page in other languages, whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from omni_sync.design.languages import language_links, say_addresses
from shop.content.addresses import Standing

#: Open Graph wants a country with each language.
LOCALES: Final = {"en": "en_US", "id": "id_ID"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one language."""

    code: str
    url: str
    locale: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """Addresses with scheme and host.

    ``alternates`` are all languages, this one too; none where there is one address for all.
    """

    origin: str
    canonical: str
    locale: str
    alternates: tuple[Alternate, ...]
    default: str


def say_translations(request: HttpRequest, page: Standing, translations: Mapping[str, Standing]) -> None:
    """``page`` answers ``request``: it has other paths in other languages; where it has none, it is shown as it is."""
    addresses = {code: translations.get(code, page).url(code) for code, _ in settings.LANGUAGES}
    say_addresses(request, addresses)
    request._written = (page.url(), frozenset(translations))  # type: ignore[attr-defined]


def sharing_of(request: HttpRequest) -> Sharing:
    """What is said of the page that is asked for, its query string left out."""
    origin = f"{request.scheme}://{request.get_host()}"
    path, languages = getattr(request, "_written", (request.path, None))
    alternates = tuple(
        Alternate(link.code, origin + link.url.partition("?")[0], locale_of(link.code))
        for link in language_links(request)
        if languages is None or (len(languages) > 1 and link.code in languages)
    )
    return Sharing(
        origin=origin,
        canonical=origin + path,
        locale=locale_of(get_language() or settings.LANGUAGE_CODE),
        alternates=alternates,
        default=next((one.url for one in alternates if one.code == settings.LANGUAGE_CODE), ""),
    )


def locale_of(language: str) -> str:
    """``id``: ``id_ID``."""
    return LOCALES.get(language, language.replace("-", "_"))
