"""Which language a page speaks, and the same page in the shop's others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.http import HttpRequest
from django.urls import get_script_prefix, translate_url
from django.utils.translation import get_language, get_language_from_request, get_language_info


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """Where the page is in one language; ``name`` is that language's own name for itself."""

    code: str
    name: str
    url: str
    current: bool


def say_addresses(request: HttpRequest, addresses: Mapping[str, str]) -> None:
    """The page that answers ``request`` has another path in each language: here they are, by language."""
    request._addresses_by_language = dict(addresses)  # type: ignore[attr-defined]


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """One link per language of the shop; none where the page has one address for all, or the shop has one language."""
    query = request.META.get("QUERY_STRING", "")
    said: Mapping[str, str] | None = getattr(request, "_addresses_by_language", None)
    links = (
        _said(said, get_language() or "") if said else _links(request.path, get_language() or "", settings.ROOT_URLCONF)
    )
    return [replace(link, url=f"{link.url}?{query}") for link in links] if query else list(links)


def reader_language(request: HttpRequest) -> str:
    """For pages without a language in their address: where others name it, the reader's browser is asked.

    Else they would always speak the default.
    """
    by_address, _prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    return get_language_from_request(request) if by_address else get_language() or "en"


def home_path() -> str:
    """Where the shop's first page is in the language that is active."""
    language = get_language() or settings.LANGUAGE_CODE
    by_address, prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    is_named = by_address and (prefixed or language != settings.LANGUAGE_CODE)
    return f"{get_script_prefix()}{language}/" if is_named else get_script_prefix()


def _said(addresses: Mapping[str, str], language: str) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(code, get_language_info(code)["name_local"], url, code == language)
        for code, url in addresses.items()
    )


@lru_cache(maxsize=5000)
def _links(path: str, language: str, urlconf: str) -> tuple[LanguageLink, ...]:
    """Resolving an address and writing it again for every language took as long as a query of the page."""
    links = [
        LanguageLink(code, get_language_info(code)["name_local"], translate_url(path, code), code == language)
        for code, _ in settings.LANGUAGES
    ]
    return tuple(links) if len({link.url for link in links}) == len(links) > 1 else ()
