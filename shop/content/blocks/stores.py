"""Where a shopper says which shop is theirs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from shop.content.blocks.found import Found

if TYPE_CHECKING:
    from shop.storefront.stores import StoreLine


@dataclass(frozen=True, slots=True)
class ShopPicker:
    """``lines`` are the shops in this reader's order, added for each request."""

    template: ClassVar[str] = "shop/content/blocks/shop_picker.html"

    heading: str
    words: str
    lines: "tuple[StoreLine, ...]" = ()


class ShopPickerBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=80, required=False)
    words = CharBlock(label=_("words"), max_length=160, required=False)

    class Meta:
        icon = "home"
        label = _("Choose my shop")


def shop_picker(value: dict[str, Any], found: Found) -> ShopPicker:
    return ShopPicker(value.get("heading") or "", value.get("words") or "")
