"""A wide picture with words and a way to go."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.images.blocks import ImageChooserBlock

from shop.content.blocks.found import Found
from shop.content.blocks.links import Link, LinkBlock, link_of
from shop.content.photos import Photo


@dataclass(frozen=True, slots=True)
class Hero:
    template: ClassVar[str] = "shop/content/blocks/hero.html"

    heading: str
    words: str
    photo: Photo | None
    link: Link | None


class HeroBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=120)
    words = TextBlock(label=_("words"), required=False, rows=3)
    picture = ImageChooserBlock(label=_("picture"), required=False)
    link = LinkBlock(label=_("link"), required=False)

    class Meta:
        icon = "image"
        label = _("Large picture")
        label_format = "{heading}"


def hero(value: dict[str, Any], found: Found) -> Hero:
    """As it is shown."""
    return Hero(
        heading=value["heading"],
        words=value.get("words") or "",
        photo=found.photos.get(value.get("picture") or 0),
        link=link_of(value.get("link"), found),
    )
