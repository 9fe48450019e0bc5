"""A row of products: chosen one by one, those of a category, or what is new or sells most."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, StructBlock

from shop.content.blocks.choosing import CategoryChooserBlock, ProductChooserBlock
from shop.content.blocks.found import Found
from shop.content.blocks.links import PLACES, Link, link_of
from shop.content.blocks.rows import Row
from shop.storefront.shelf import Card

MOST: Final = 12
USUAL: Final = 4


@dataclass(frozen=True, slots=True)
class ProductRow:
    """``products`` is what is remembered; ``cards`` is added for each request, with stock and prices of now."""

    template: ClassVar[str] = "shop/content/blocks/products.html"

    heading: str
    more: Link | None
    products: tuple[int, ...]
    cards: tuple[Card, ...] = ()


class ChosenProductsBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=80)
    products = ListBlock(ProductChooserBlock(label=_("product")), label=_("products"), min_num=1, max_num=MOST)

    class Meta:
        icon = "tag"
        label = _("Products, chosen")
        label_format = "{heading}"


class CategoryProductsBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=80, required=False, help_text=_("empty: the category's name"))
    category = CategoryChooserBlock(label=_("category"))
    most = IntegerBlock(label=_("how many"), default=USUAL, min_value=1, max_value=MOST)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Products of a category")
        label_format = "{heading}"


class TrendingProductsBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=80)
    trend = ChoiceBlock(
        label=_("which"), choices=[("sold", _("Sold most in the last four weeks")), ("new", _("New"))], default="sold"
    )
    most = IntegerBlock(label=_("how many"), default=USUAL, min_value=1, max_value=MOST)

    class Meta:
        icon = "history"
        label = _("Products that sell, or are new")
        label_format = "{heading}"


def chosen_wants(value: dict[str, Any]) -> Row:
    """The products themselves; one that was deleted is passed over."""
    numbers = [item["value"] if isinstance(item, dict) else item for item in value["products"]]
    return Row("chosen", MOST, chosen=tuple(number for number in numbers if number))


def category_wants(value: dict[str, Any]) -> Row:
    """The newest of the category and of those below it; a category that was deleted is one that nothing is in."""
    return Row("new", value["most"], category=value["category"] or -1)


def trend_wants(value: dict[str, Any]) -> Row:
    return Row("sold" if value["trend"] == "sold" else "new", value["most"])


def chosen_products(value: dict[str, Any], found: Found) -> ProductRow:
    return ProductRow(value["heading"], None, found.rows[chosen_wants(value)])


def category_products(value: dict[str, Any], found: Found) -> ProductRow:
    shelf = found.shelves.get(value["category"] or -1)
    heading = value.get("heading") or (shelf.name if shelf else "")
    return ProductRow(heading, link_of({"category": value["category"]}, found), found.rows[category_wants(value)])


def trending_products(value: dict[str, Any], found: Found) -> ProductRow:
    more = link_of({"place": next(iter(PLACES))}, found)
    return ProductRow(value["heading"], more, found.rows[trend_wants(value)])
