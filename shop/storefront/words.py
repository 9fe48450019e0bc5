"""The merchant's own words, safe to stand on a page."""

import re
from typing import Final

from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from wagtail.whitelist import Whitelister

MARKUP: Final = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def described(text: str) -> SafeString:
    """A description as Oscar's editor writes it, HTML, reduced to plain elements; text without any gets paragraphs."""
    html: str = Whitelister().clean(text) if MARKUP.search(text) else linebreaks(text, autoescape=True)
    return SafeString(html)


def own_words(text: str) -> str:
    """``text`` of the merchant's (a product's name, a colour) in the reader's language, where a catalogue has it.

    Oscar keeps one language per product; a translation belongs into a message catalogue under the context ``product``.
    """
    return pgettext("product", text) if text else ""


def as_sold(title: str, style: str) -> str:
    """The ``title`` a line was sold under; the name of its ``style``, where it begins so, in the reader's language."""
    return own_words(style) + title[len(style) :] if style and title.startswith(style) else own_words(title)
