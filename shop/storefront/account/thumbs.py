"""The picture of what somebody bought, keeps or waits for: that of its style."""

from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

#: For rows with a ``product``: read along with them, or the page asks once a row.
ALONG: Final = ("product__parent", "product__entry")


def first_image(product: str = "product") -> Any:
    """An annotation: where the first picture of the row's ``product`` is stored, of its style where it has one."""
    style = Coalesce(OuterRef(f"{product}__parent"), OuterRef(product))
    images = get_model("catalogue", "ProductImage").objects.filter(product=style)
    return Subquery(images.order_by("display_order", "pk").values("original")[:1])


def is_shown(product: Any) -> bool:
    """Whether it has a page that anybody may see."""
    return product is not None and product.is_public and (product.parent is None or product.parent.is_public)
