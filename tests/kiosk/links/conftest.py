import pytest

from instore.devices.models import Kind
from instore.stores.shelves import ShelfPlace
from kiosk.links.models import ProductLink
from tests.instore.places import make_product, make_store
from tests.instore.tablets import make_device

GTIN = "09506000134352"
GLN = "9520123456788"


@pytest.fixture
def menteng(db):
    store = make_store("menteng")
    store.gln = GLN
    store.save()
    return store


@pytest.fixture
def rice(db):
    return make_product("Risotto rice", gtin=GTIN)


@pytest.fixture
def on_shelf(menteng, rice):
    return ShelfPlace.objects.create(store=menteng, product=rice, place="A-12/B")


@pytest.fixture
def say(rice):
    """Write a link of the product, or of another."""

    def written(link_type, href, *, of=rice, title="Read", **more):
        return ProductLink.objects.create(product=of, link_type=link_type, href=href, title=title, **more)

    return written


@pytest.fixture
def carrying(menteng):
    """The headers of an enrolled device of a kind."""

    def headers(kind=Kind.TABLET):
        _, token = make_device(menteng, kind=kind)
        return {"HTTP_COOKIE": f"lintas_device={token}"}

    return headers
