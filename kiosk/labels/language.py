"""Which language the paper of a store speaks."""

from __future__ import annotations

from babel.languages import get_official_languages
from django.conf import settings

from instore.stores.models import Store


def language_of(store: Store) -> str:
    """The first official language of the store's country that the shop speaks; without one the shop's own."""
    spoken = dict(settings.LANGUAGES)
    official = get_official_languages(store.country_code.upper()) if store.country_code else ()
    return next((language for language in official if language in spoken), settings.LANGUAGE_CODE)
