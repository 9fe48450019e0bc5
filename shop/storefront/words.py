"""The merchant's own words, safe to stand on a page."""

import re
from typing import Final

from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from wagtail.whitelist import Whitelister

from omni_sync.catalogue.wording import as_sold, own_words

__all__ = ["as_sold", "described", "own_words"]

MARKUP: Final = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def described(text: str) -> SafeString:
    """A description as Oscar's editor writes it, HTML, reduced to plain elements; text without any gets paragraphs."""
    html: str = Whitelister().clean(text) if MARKUP.search(text) else linebreaks(text, autoescape=True)
    return SafeString(html)
