"""Oscar's models, by the names they have in the installed shop (an adopter's forks included)."""

from oscar.core.loading import get_model

Basket = get_model("basket", "Basket")
BasketLine = get_model("basket", "Line")
Category = get_model("catalogue", "Category")
Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
ProductAlert = get_model("customer", "ProductAlert")
Order = get_model("order", "Order")
OrderLine = get_model("order", "Line")
Partner = get_model("partner", "Partner")
StockAlert = get_model("partner", "StockAlert")
StockRecord = get_model("partner", "StockRecord")
PaymentSource = get_model("payment", "Source")
PaymentSourceType = get_model("payment", "SourceType")

__all__ = [
    "Basket",
    "BasketLine",
    "Category",
    "Order",
    "OrderLine",
    "Partner",
    "PaymentSource",
    "PaymentSourceType",
    "Product",
    "ProductAlert",
    "ProductClass",
    "StockAlert",
    "StockRecord",
]
