"""The merchant's words in the shop's other languages, as its message catalogues have them.

Oscar keeps one language per product; a translation belongs into a message catalogue under the context ``product``.
"""

from collections.abc import Collection

from django.conf import settings
from django.utils import translation


def own_words(text: str) -> str:
    """``text`` of the merchant's (a product's name, a colour) in the reader's language, where a catalogue has it."""
    return translation.pgettext("product", text) if text else ""


def own_title(title: str) -> str:
    """``title`` in the reader's language: whole, or as far as one of its commas; a size behind it stays as it is."""
    known = title
    while known and (said := own_words(known)) == known:
        known = known.rpartition(", ")[0]
    return said + title[len(known) :] if known else title


def as_sold(title: str, style: str) -> str:
    """The ``title`` a line was sold under; the name of its ``style``, where it begins so, in the reader's language."""
    return own_words(style) + title[len(style) :] if style and title.startswith(style) else own_title(title)


def translations(texts: Collection[str]) -> dict[str, dict[str, str]]:
    """By text, by language: only what differs from the text itself."""
    found: dict[str, dict[str, str]] = {}
    if not settings.USE_I18N:
        return found
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            for text in texts:
                said = own_words(text)
                if said != text:
                    found.setdefault(text, {})[language] = said
    return found
