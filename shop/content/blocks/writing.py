"""Text, alone or beside a picture."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

from shop.content.blocks.found import PAGE_LINK, Found
from shop.content.blocks.links import Link, LinkBlock, link_of
from shop.content.photos import Photo

#: What an editor may do to words; pictures have blocks of their own.
FEATURES: Final = ("h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr")
SHORT: Final = ("bold", "italic", "ol", "ul", "link")


@dataclass(frozen=True, slots=True)
class Text:
    template: ClassVar[str] = "shop/content/blocks/text.html"

    html: SafeString


@dataclass(frozen=True, slots=True)
class TextAndPicture:
    template: ClassVar[str] = "shop/content/blocks/text_and_picture.html"

    heading: str
    html: SafeString
    photo: Photo | None
    is_first: bool
    link: Link | None


def text_block() -> RichTextBlock:
    return RichTextBlock(label=_("Text"), icon="pilcrow", features=list(FEATURES))


class TextAndPictureBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=80, required=False)
    text = RichTextBlock(label=_("text"), features=list(SHORT))
    picture = ImageChooserBlock(label=_("picture"))
    side = ChoiceBlock(
        label=_("where the picture is"),
        choices=[("start", _("before the text")), ("end", _("after it"))],
        default="end",
    )
    link = LinkBlock(label=_("link"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Text and picture")
        label_format = "{heading}"


def written(source: str, found: Found) -> SafeString:
    """What the editor wrote as HTML, its links to pages in the reader's language.

    A link to a page that is gone leads nowhere and is no link any more.
    """

    def led(match: Any) -> str:
        page = found.pages.get(int(match[1]))
        return f'<a href="{escape(page.url(found.language))}">' if page else "<a>"

    return SafeString(expand_db_html(PAGE_LINK.sub(led, source)))


def text(value: str, found: Found) -> Text:
    return Text(written(value, found))


def text_and_picture(value: dict[str, Any], found: Found) -> TextAndPicture:
    return TextAndPicture(
        heading=value.get("heading") or "",
        html=written(value["text"], found),
        photo=found.photos.get(value.get("picture") or 0),
        is_first=value.get("side") == "start",
        link=link_of(value.get("link"), found),
    )
