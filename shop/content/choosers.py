"""How an editor finds a product or a category: Wagtail's own chooser, over Oscar's models."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from omni_sync.catalogue.gtin import is_gtin, normalise
from shop.content.blocks.choosing import CATEGORY, PRODUCT
from shop.storefront.memory import Edition
from shop.storefront.pictures import picture

if TYPE_CHECKING:
    from django.db.models import QuerySet


def matching(products: "QuerySet[Any]", wanted: str) -> "QuerySet[Any]":
    """Those with every word of ``wanted`` in the title; or whose SKU or GTIN it is, or that of one of their sizes."""
    said = Q(*(Q(title__icontains=word) for word in wanted.split()))
    number = Q(code__iexact=wanted) | Q(stockrecords__partner_sku__iexact=wanted)
    number |= Q(children__code__iexact=wanted) | Q(children__stockrecords__partner_sku__iexact=wanted)
    if is_gtin(wanted):
        gtin = normalise(wanted)
        number |= Q(gtins__value=gtin) | Q(children__gtins__value=gtin)
    known = get_model("catalogue", "Product").objects.filter(said | number).values("pk")
    return products.filter(pk__in=known)


class ProductFilterForm(BaseFilterForm):
    """One field for everything that names a product."""

    q = forms.CharField(
        label=_("Name, SKU or GTIN"),
        widget=forms.TextInput(attrs={"placeholder": _("Name, SKU or GTIN")}),
        required=False,
    )

    def filter(self, objects: "QuerySet[Any]") -> "QuerySet[Any]":
        wanted = self.cleaned_data["q"].strip()
        if not wanted:
            return objects
        self.search_query, self.is_searching = wanted, True
        return matching(objects, wanted)


class PictureColumn(Column):
    """The product's first picture, small."""

    cell_template_name = "shop/content/chooser/picture_cell.html"

    def get_value(self, instance: Any) -> Any:
        return picture(instance.first_picture or "", Edition(None))


class _Products:
    filter_form_class = ProductFilterForm
    per_page = 12
    ordering = ["-date_created", "-pk"]

    def get_object_list(self) -> "QuerySet[Any]":
        """What may stand on a shelf, and what is not public yet: a page is often written before."""
        images = get_model("catalogue", "ProductImage").objects.filter(product=OuterRef("pk"))
        first = images.order_by("display_order", "pk").values("original")[:1]
        products = get_model("catalogue", "Product").objects.filter(parent=None)
        return products.annotate(first_picture=Subquery(first))  # type: ignore[no-any-return]

    @property
    def columns(self) -> list[Any]:
        shown: list[Any] = super().columns  # type: ignore[misc]
        return [
            PictureColumn("picture", label=_("Picture"), width="4rem"),
            *shown,
            Column("code", label=_("Code"), accessor="code"),
        ]


class ChooseProduct(_Products, ChooseView):
    """The window with its search field."""


class ProductResults(_Products, ChooseResultsView):
    """What it finds."""


class ProductChooserViewSet(ChooserViewSet):
    model = PRODUCT
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Open this product")
    choose_view_class = ChooseProduct
    choose_results_view_class = ProductResults


class CategoryChooserViewSet(ChooserViewSet):
    model = CATEGORY
    icon = "folder-open-inverse"
    choose_one_text = _("Choose a category")
    choose_another_text = _("Choose another category")
    edit_item_text = _("Open this category")
    per_page = 50


product_chooser = ProductChooserViewSet("shop_product_chooser", url_prefix="shop/products")
category_chooser = CategoryChooserViewSet("shop_category_chooser", url_prefix="shop/categories")
