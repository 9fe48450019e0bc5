"""Oscar's models, by the names they have in the installed shop (an adopter's forks included)."""

from typing import TYPE_CHECKING

from oscar.core.loading import get_model

if TYPE_CHECKING:
    from oscar.apps.basket.models import Basket
    from oscar.apps.basket.models import Line as BasketLine
    from oscar.apps.basket.models import LineAttribute as BasketLineAttribute
    from oscar.apps.catalogue.models import Category, Product, ProductAttributeValue, ProductCategory, ProductClass
    from oscar.apps.customer.models import ProductAlert
    from oscar.apps.order.models import Line as OrderLine
    from oscar.apps.order.models import Order
    from oscar.apps.partner.models import Partner, StockAlert, StockRecord
    from oscar.apps.payment.models import Source as PaymentSource
    from oscar.apps.payment.models import SourceType as PaymentSourceType
    from oscar.apps.wishlists.models import Line as WishLine
    from oscar.apps.wishlists.models import WishList

else:
    Basket = get_model("basket", "Basket")
    BasketLine = get_model("basket", "Line")
    BasketLineAttribute = get_model("basket", "LineAttribute")
    Category = get_model("catalogue", "Category")
    Product = get_model("catalogue", "Product")
    ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
    ProductCategory = get_model("catalogue", "ProductCategory")
    ProductClass = get_model("catalogue", "ProductClass")
    ProductAlert = get_model("customer", "ProductAlert")
    Order = get_model("order", "Order")
    OrderLine = get_model("order", "Line")
    Partner = get_model("partner", "Partner")
    StockAlert = get_model("partner", "StockAlert")
    StockRecord = get_model("partner", "StockRecord")
    PaymentSource = get_model("payment", "Source")
    PaymentSourceType = get_model("payment", "SourceType")
    WishLine = get_model("wishlists", "Line")
    WishList = get_model("wishlists", "WishList")

__all__ = [
    "Basket",
    "BasketLine",
    "BasketLineAttribute",
    "Category",
    "Order",
    "OrderLine",
    "Partner",
    "PaymentSource",
    "PaymentSourceType",
    "Product",
    "ProductAlert",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductClass",
    "StockAlert",
    "StockRecord",
    "WishLine",
    "WishList",
]
