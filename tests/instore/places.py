"""Places and goods for the tests of stores and pages."""

from decimal import Decimal

from instore.stores.models import Store
from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.oscar.models import Partner, Product, ProductClass, StockRecord
from omni_sync.stock.count import count
from omni_sync.stock.models import Location

ALWAYS = [[["00:00", "24:00"]]] * 7


def make_store(code, *, at=None, zone="Asia/Jakarta", week=ALWAYS, lead=60, public=True, online=False):
    partner, _ = Partner.objects.get_or_create(code=code, defaults={"name": code.title()})
    facts = {"timezone": zone, "currency": "IDR", "sells_online": online}
    Location.objects.update_or_create(partner=partner, defaults=facts)
    latitude, longitude = at or (None, None)
    return Store.objects.create(
        partner=partner,
        city="Jakarta",
        latitude=latitude and Decimal(latitude),
        longitude=longitude and Decimal(longitude),
        weekly_hours=week,
        lead_minutes=lead,
        is_open_to_public=public,
    )


def make_warehouse(code="gudang"):
    partner, _ = Partner.objects.get_or_create(code=code, defaults={"name": code.title()})
    facts = {"timezone": "Asia/Jakarta", "currency": "IDR", "sells_online": True}
    Location.objects.update_or_create(partner=partner, defaults=facts)
    return partner


def make_product(title="Tee", *, gtin=None, parent=None, size="", **fields):
    kind, _ = ProductClass.objects.get_or_create(name="Thing")
    own = {"structure": "child", "parent": parent} if parent else {"product_class": kind}
    product = Product.objects.create(title=title, **{**own, **fields})
    if gtin:
        set_gtins(product=product, values=[gtin])
    if size:
        describe(product=product, size=size)
    return product


def put(product, partner, quantity, *, sku="TEE", price="149000"):
    """Let ``partner`` have ``quantity`` of ``product``, by a count."""
    record, _ = StockRecord.objects.get_or_create(
        product=product,
        partner=partner,
        defaults={"partner_sku": sku, "price": price and Decimal(price), "price_currency": "IDR"},
    )
    count(stockrecord=record, quantity=quantity)
    return record
