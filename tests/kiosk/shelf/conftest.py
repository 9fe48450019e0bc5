import pytest
from django.test import Client

from instore.stores.shelves import ShelfPlace
from tests.instore.places import make_product, make_store, make_warehouse, put

MEDIUM, LARGE, STYLE = "09521234543213", "09521000000018", "09521000000025"


@pytest.fixture(autouse=True)
def nobody_rang(clean_cache):
    """What is counted of one test is not counted of the next."""


@pytest.fixture
def tee(db):
    """A style in two sizes, each with its number; the style has one, too. M before L."""
    style = make_product("Kawan tee, black", structure="parent", gtin=STYLE, description="Heavy cotton.")
    large = make_product("Kawan tee, black, L", parent=style, size="L", gtin=LARGE)
    medium = make_product("Kawan tee, black, M", parent=style, size="M", gtin=MEDIUM)
    return style, medium, large


@pytest.fixture
def menteng(tee):
    """Two of M, none of L; the style stands at A-3. Dago, two kilometres on, has five of both, the warehouse nine."""
    style, medium, large = tee
    menteng = make_store("menteng", at=("-6.1967", "106.8316"))
    dago = make_store("dago", at=("-6.2167", "106.8316"))
    for place, of_medium, of_large in ((menteng.partner, 2, 0), (dago.partner, 5, 5), (make_warehouse(), 9, 9)):
        put(medium, place, of_medium, sku="M")
        put(large, place, of_large, sku="L")
    ShelfPlace.objects.create(store=menteng, product=style, place="A-3")
    return menteng


@pytest.fixture
def phone():
    """A browser that knows nothing and checks where forms come from."""
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def sanur_is_closed(tee):
    return make_store("sanur", week=[[]] * 7)
