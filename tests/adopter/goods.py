"""What the boutique sells, and people who buy it as shoppers do: through its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.test import Client
from oscar.core.loading import get_class, get_model

from omni_sync.stock.models import Location

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
ADDRESS = {
    "first_name": "Inês",
    "last_name": "Sousa",
    "line1": "Rua do Carmo 1",
    "line4": "Lisboa",
    "postcode": "1200-093",
    "country": "PT",
}


@dataclass
class Shop:
    warehouse: Any
    street: Any
    scarf: Any

    @classmethod
    def opened(cls) -> "Shop":
        country = get_model("address", "Country")
        country.objects.create(iso_3166_1_a2="PT", printable_name="Portugal", is_shipping_country=True)
        partner = get_model("partner", "Partner")
        street, warehouse = partner.objects.create(name="Chiado"), partner.objects.create(name="Warehouse")
        Location.objects.update_or_create(partner=street)
        Location.objects.update_or_create(partner=warehouse, defaults={"sells_online": True})
        kind = get_model("catalogue", "ProductClass").objects.create(name="Clothes", track_stock=True)
        category = get_model("catalogue", "Category").add_root(name="Scarves")
        scarf = Product.objects.create(title="Blue scarf", upc="SCARF", product_class=kind)
        scarf.categories.add(category)
        shop = cls(warehouse, street, scarf)
        shop.stocked(warehouse, 50)
        shop.stocked(street, 7)
        return shop

    def stocked(self, partner: Any, quantity: int, product: Any = None) -> Any:
        """A stock record of ``product`` at ``partner``, as the dashboard would create it."""
        product = product or self.scarf
        return StockRecord.objects.create(
            product=product,
            partner=partner,
            partner_sku=product.upc,
            price=Decimal("20.00"),
            price_currency="EUR",
            num_in_stock=quantity,
        )

    @property
    def online(self) -> Any:
        return StockRecord.objects.get(partner=self.warehouse, product=self.scarf)

    def sells(self, title: str) -> Any:
        """One more product, 50 of it in the warehouse."""
        product = Product.objects.create(title=title, upc=title, product_class=self.scarf.product_class)
        self.stocked(self.warehouse, 50, product)
        return product

    def basket(self, quantity: int = 1, contents: Sequence[Any] = ()) -> Any:
        """A stranger's basket with so many of everything in it, of scarves where nothing else is named."""
        basket = get_model("basket", "Basket").objects.create()
        basket.strategy = get_class("partner.strategy", "Selector")().strategy()
        for product in contents or [self.scarf]:
            basket.add_product(product, quantity)
        return basket


class Guest(Client):
    """Somebody without an account, in a browser."""

    def page(self, product: Any) -> str:
        return self.get(product.get_absolute_url()).content.decode()

    def add(self, product: Any, quantity: int = 1) -> Any:
        return self.post(f"/basket/add/{product.pk}/", {"quantity": quantity}, follow=True)

    def go_to_preview(self) -> None:
        """All of Oscar's checkout up to the button that orders."""
        self.post("/checkout/", {"username": "ines@example.com", "options": "anonymous"})
        self.post("/checkout/shipping-address/", ADDRESS)
        self.get("/checkout/shipping-method/")
        assert self.get("/checkout/payment-details/").status_code == 200

    def order(self) -> Any:
        return self.post("/checkout/preview/", {"action": "place_order"})


def place(basket: Any, creator: Any) -> Any:
    """Order ``basket`` with an OrderCreator, as the last step of a checkout does."""
    method = get_class("shipping.methods", "Free")()
    charge = method.calculate(basket)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge)
    return creator().place_order(
        basket=basket, total=total, shipping_method=method, shipping_charge=charge, guest_email="ines@example.com"
    )
