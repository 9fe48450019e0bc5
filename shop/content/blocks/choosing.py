"""Blocks that keep the number of a product or a category; the windows they open are in ``shop.content.choosers``."""

from typing import Any, Final

from django.utils.functional import cached_property
from wagtail.blocks import ChooserBlock

PRODUCT: Final = "catalogue.Product"
CATEGORY: Final = "catalogue.Category"


class ProductChooserBlock(ChooserBlock):
    """A product."""

    target_model = PRODUCT

    @cached_property
    def widget(self) -> Any:
        from shop.content.choosers import product_chooser  # the admin's, which stands on models

        return product_chooser.widget_class()

    class Meta:
        icon = "tag"


class CategoryChooserBlock(ChooserBlock):
    """A category."""

    target_model = CATEGORY

    @cached_property
    def widget(self) -> Any:
        from shop.content.choosers import category_chooser

        return category_chooser.widget_class()

    class Meta:
        icon = "folder-open-inverse"
