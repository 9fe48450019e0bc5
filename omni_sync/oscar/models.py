"""Oscar's models, by the names they have in the installed shop (an adopter's forks included)."""

from typing import TYPE_CHECKING

from oscar.core.loading import get_model

if TYPE_CHECKING:
    from oscar.apps.address.models import UserAddress
    from oscar.apps.analytics.models import UserProductView, UserRecord, UserSearch
    from oscar.apps.basket.models import Basket
    from oscar.apps.basket.models import Line as BasketLine
    from oscar.apps.basket.models import LineAttribute as BasketLineAttribute
    from oscar.apps.catalogue.models import (
        Category,
        Product,
        ProductAttributeValue,
        ProductCategory,
        ProductClass,
        ProductImage,
    )
    from oscar.apps.catalogue.reviews.models import ProductReview
    from oscar.apps.catalogue.reviews.models import Vote as ReviewVote
    from oscar.apps.communication.models import Email, Notification
    from oscar.apps.customer.models import ProductAlert
    from oscar.apps.order.models import BillingAddress, Order, OrderNote, ShippingAddress
    from oscar.apps.order.models import Line as OrderLine
    from oscar.apps.order.models import LineAttribute as OrderLineAttribute
    from oscar.apps.partner.models import Partner, StockAlert, StockRecord
    from oscar.apps.payment.models import Source as PaymentSource
    from oscar.apps.payment.models import SourceType as PaymentSourceType
    from oscar.apps.voucher.models import Voucher, VoucherApplication
    from oscar.apps.wishlists.models import Line as WishLine
    from oscar.apps.wishlists.models import WishList, WishListSharedEmail

else:
    UserAddress = get_model("address", "UserAddress")
    UserProductView = get_model("analytics", "UserProductView")
    UserRecord = get_model("analytics", "UserRecord")
    UserSearch = get_model("analytics", "UserSearch")
    ProductReview = get_model("reviews", "ProductReview")
    ReviewVote = get_model("reviews", "Vote")
    Email = get_model("communication", "Email")
    Notification = get_model("communication", "Notification")
    BillingAddress = get_model("order", "BillingAddress")
    OrderLineAttribute = get_model("order", "LineAttribute")
    OrderNote = get_model("order", "OrderNote")
    ShippingAddress = get_model("order", "ShippingAddress")
    Voucher = get_model("voucher", "Voucher")
    VoucherApplication = get_model("voucher", "VoucherApplication")
    WishListSharedEmail = get_model("wishlists", "WishListSharedEmail")
    Basket = get_model("basket", "Basket")
    BasketLine = get_model("basket", "Line")
    BasketLineAttribute = get_model("basket", "LineAttribute")
    Category = get_model("catalogue", "Category")
    Product = get_model("catalogue", "Product")
    ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
    ProductCategory = get_model("catalogue", "ProductCategory")
    ProductClass = get_model("catalogue", "ProductClass")
    ProductImage = get_model("catalogue", "ProductImage")
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
    "BillingAddress",
    "Category",
    "Email",
    "Notification",
    "Order",
    "OrderLine",
    "OrderLineAttribute",
    "OrderNote",
    "Partner",
    "PaymentSource",
    "PaymentSourceType",
    "Product",
    "ProductAlert",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductClass",
    "ProductImage",
    "ProductReview",
    "ReviewVote",
    "ShippingAddress",
    "StockAlert",
    "StockRecord",
    "UserAddress",
    "UserProductView",
    "UserRecord",
    "UserSearch",
    "Voucher",
    "VoucherApplication",
    "WishLine",
    "WishList",
    "WishListSharedEmail",
]
