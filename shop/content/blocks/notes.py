"""A few words that must not be missed."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock, StructBlock

from shop.content.blocks.found import Found
from shop.content.blocks.writing import written


@dataclass(frozen=True, slots=True)
class Note:
    template: ClassVar[str] = "shop/content/blocks/note.html"

    html: SafeString


class NoteBlock(StructBlock):
    text = RichTextBlock(label=_("text"), features=["bold", "link"])

    class Meta:
        icon = "info-circle"
        label = _("Note")


def note(value: dict[str, Any], found: Found) -> Note:
    return Note(written(value["text"], found))
