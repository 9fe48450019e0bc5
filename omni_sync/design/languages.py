"""The same page in the shop's other languages."""

from dataclasses import dataclass

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
    here = request.get_full_path()
    links = [
        LanguageLink(code, get_language_info(code)["name_local"], translate_url(here, code), code == get_language())
        for code, _ in settings.LANGUAGES
    ]
    return links if len({link.url for link in links}) == len(links) > 1 else []
