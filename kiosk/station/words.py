"""The merchant's own words in the visitor's language, where a message catalogue has them."""

from __future__ import annotations

from django.utils.translation import pgettext


def own_words(text: str) -> str:
    """A name or a colour, as Oscar keeps it in one language, by its entry under the context ``product``."""
    return pgettext("product", text) if text else ""
