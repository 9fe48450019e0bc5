"""Which language the paper of a store speaks."""

from __future__ import annotations

from babel.languages import get_official_languages
from django.conf import settings


def language_of_country(code: str) -> str:
    """The first official language of the country that the shop speaks; without one the shop's own."""
    spoken = dict(settings.LANGUAGES)
    official = get_official_languages(code.upper()) if code else ()
    return next((language for language in official if language in spoken), settings.LANGUAGE_CODE)
