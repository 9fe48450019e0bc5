"""Menteng with a kiosk by its door, five tees in two sizes and a shoe that only Dago has."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from instore.devices.models import Kind
from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.oscar.models import Category, ProductCategory
from tests.instore.places import make_product, make_store, put
from tests.instore.tablets import make_device, tablet_of

GTIN = "09521234543213"


@pytest.fixture
def shop(db, clean_cache):
    menteng, dago = make_store("menteng", at=("-6.19", "106.83")), make_store("dago", at=("-6.89", "107.61"))
    tee = make_product("Kawan tee", structure="parent")
    sizes = {size: make_product("", parent=tee, size=size, gtin=GTIN if size == "M" else None) for size in ("M", "L")}
    for size, quantity in (("M", 5), ("L", 0)):
        put(sizes[size], menteng.partner, quantity, sku=f"TEE-{size}")
        put(sizes[size], dago.partner, 4, sku=f"TEE-{size}")
    shoe = make_product("Jalan shoe")
    put(shoe, dago.partner, 2, sku="SHOE", price="499000")
    kind = Category.add_root(name="Clothes", slug="clothes")
    ProductCategory.objects.create(product=tee, category=kind)
    ShelfPlace.objects.create(store=menteng, product=tee, place="A-12")
    rebuild_entries()
    return SimpleNamespace(store=menteng, dago=dago, tee=tee, m=sizes["M"], l=sizes["L"], shoe=shoe, kind=kind)


@pytest.fixture
def waiting(shop):
    """The kiosk of Menteng, with nobody at it."""
    return kiosk_of(shop.store)


@pytest.fixture
def kiosk(waiting):
    """The same, touched by somebody."""
    waiting.post("/kiosk/begin/", {"language": "en"})
    return waiting


@pytest.fixture
def clock(monkeypatch):
    """The clock by which stillness is measured stands but for ``clock.pass_by(90)``."""
    import time as real

    moved, began = SimpleNamespace(by=0.0), real.time()

    def pass_by(seconds):
        moved.by += seconds

    fake = SimpleNamespace(time=lambda: began + moved.by)
    monkeypatch.setattr("kiosk.station.visit.time", fake)
    monkeypatch.setattr("kiosk.station.scanning.time", fake)
    return SimpleNamespace(pass_by=pass_by)


def kiosk_of(store, *, name="By the door", **options):
    return tablet_of(make_device(store, name=name, kind=Kind.KIOSK)[1], **options)


def listed(kiosk):
    """What stands on the page of the list: title and quantity."""
    html = kiosk.get("/kiosk/list/").content.decode()
    rows = re.findall(r'<li class="kiosk-thing">.*?</li>', html, re.DOTALL)
    return [
        (re.search(r"<h2>(?:<a[^>]*>)?([^<]+)", row)[1], int(re.search(r'class="number"[^>]*>(\d+)<', row)[1]))
        for row in rows
    ]


def nonce_in(answer):
    return re.search(r'name="nonce" value="([^"]+)"', answer.content.decode())[1]


def phone():
    return Client()
