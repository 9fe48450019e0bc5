"""The same page in the shop's other languages."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """Where the page is in one language; ``name`` is that language's own name for itself."""

    code: str
    name: str
    url: str
    current: bool


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """One link per language of the shop; none where the page has one address for all, or the shop has one language."""
    query = request.META.get("QUERY_STRING", "")
    links = _links(request.path, get_language() or "", settings.ROOT_URLCONF)
    return [replace(link, url=f"{link.url}?{query}") for link in links] if query else list(links)


@lru_cache(maxsize=5000)
def _links(path: str, language: str, urlconf: str) -> tuple[LanguageLink, ...]:
    """Resolving an address and writing it again for every language took as long as a query of the page."""
    links = [
        LanguageLink(code, get_language_info(code)["name_local"], translate_url(path, code), code == language)
        for code, _ in settings.LANGUAGES
    ]
    return tuple(links) if len({link.url for link in links}) == len(links) > 1 else ()
