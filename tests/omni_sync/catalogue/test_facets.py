"""Counts against a model that looks at everything one by one."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.catalogue.facets import count_facets, count_here
from omni_sync.catalogue.filters import Filters
from omni_sync.catalogue.found import SORTS, styles_found
from omni_sync.catalogue.identify import describe
from omni_sync.catalogue.models import Entry
from omni_sync.oscar.models import Category, Product, StockRecord
from omni_sync.stock.models import Level
from tests.factories import make_store
from tests.instore.places import make_product

pytestmark = pytest.mark.django_db
SIZES = [("EU", "41"), ("EU", "42"), ("W", "42"), ("SML", "M")]
COLOURS = ["black", "Sea  Green", ""]

items = st.fixed_dictionaries(
    {
        "size": st.sampled_from(SIZES),
        "colour": st.sampled_from(COLOURS),
        "price": st.sampled_from([None, 10, 20, 30]),
        "available": st.sampled_from([None, -1, 0, 2]),
        "is_public": st.sampled_from([True, True, True, False]),
    }
)
styles = st.lists(
    st.fixed_dictionaries(
        {
            "category": st.sampled_from([None, "shoes", "sandals", "clothes"]),
            "is_public": st.sampled_from([True, True, True, False]),
            "items": st.lists(items, max_size=3),
        }
    ),
    max_size=5,
)
filters = st.fixed_dictionaries(
    {
        "category": st.sampled_from([None, "shoes", "sandals"]),
        "sizes": st.sampled_from([(), ("EU-42",), ("EU-41", "SML-M")]),
        "colours": st.sampled_from([(), ("black",), ("sea green", "black")]),
        "price_min": st.sampled_from([None, 15]),
        "price_max": st.sampled_from([None, 25]),
        "here": st.booleans(),
        "mine": st.booleans(),
    }
)
ABOVE = {None: set(), "shoes": {"shoes"}, "sandals": {"shoes", "sandals"}, "clothes": {"clothes"}}


@pytest.fixture
def shop():
    shoes = Category.add_root(name="Shoes")
    found = {"shoes": shoes, "sandals": shoes.add_child(name="Sandals"), "clothes": Category.add_root(name="Clothes")}
    return found, make_store("menteng"), make_store("dago")


def stand(shop, wanted):
    """Make them; each thing that can be bought as the model sees it."""
    categories, here, elsewhere = shop
    StockRecord.objects.all().delete()
    Product.objects.filter(structure="child").delete()
    Product.objects.all().delete()
    seen = []
    for style in wanted:
        parent = make_product("Style", structure="parent", is_public=style["is_public"])
        if style["category"]:
            parent.categories.add(categories[style["category"]])
        for item in style["items"]:
            child = make_product("Item", parent=parent, is_public=item["is_public"])
            describe(product=child, size=item["size"][1], size_system=item["size"][0], colour=item["colour"])
            place = here if item["available"] is not None else elsewhere
            record = StockRecord.objects.create(
                product=child, partner=place, partner_sku=f"S{child.pk}", price=item["price"], price_currency="IDR"
            )
            Level.objects.update_or_create(
                stockrecord=record, defaults={"on_hand": (item["available"] or 0) + 1, "held": 1}
            )
        public = [item for item in style["items"] if item["is_public"]]
        price = min((item["price"] for item in public if item["price"] is not None), default=None)
        alone = {"size": ("", ""), "colour": "", "available": None}
        seen += [
                {
                    "style": parent.pk, "categories": ABOVE[style["category"]], "size": "-".join(item["size"]),
                    "colour": " ".join(item["colour"].lower().split()), "price": price,
                    "here": (item["available"] or 0) > 0, "mine": "-".join(item["size"]) in ("EU-42", "SML-M"),
                }
            for item in (public or [alone] if style["is_public"] else [])
        ]  # fmt: skip
    return seen


def meets(item, wanted, *, but=""):
    price = item["price"]
    least, most = wanted["price_min"], wanted["price_max"]
    holds = {
        "category": not wanted["category"] or wanted["category"] in item["categories"],
        "size": not wanted["sizes"] or item["size"] in wanted["sizes"],
        "colour": not wanted["colours"] or item["colour"] in wanted["colours"],
        "price": (least is None or (price is not None and price >= least))
        and (most is None or (price is not None and price <= most)),
        "here": not wanted["here"] or item["here"],
        "mine": not wanted["mine"] or item["mine"],
    }
    return all(held for facet, held in holds.items() if facet != but)


def tally(seen, wanted, facet, values):
    counted = {}
    for item in seen:
        if meets(item, wanted, but=facet):
            for value in values(item):
                counted.setdefault(value, set()).add(item["style"])
    return {value: len(found) for value, found in counted.items()}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=styles, chosen=filters)
def test_every_count_is_what_choosing_it_gives(shop, wanted, chosen):
    seen = stand(shop, wanted)
    categories = {name: category.pk for name, category in shop[0].items()}
    asked = Filters(
        **{**chosen, "category": categories.get(chosen["category"])}, store="menteng", my_sizes=("EU-42", "SML-M")
    )
    counts = count_facets(asked, categories=list(categories.values()))
    whole = {item["style"] for item in seen if meets(item, chosen)}
    assert counts.total == len(whole)
    assert counts.sizes == tally(seen, chosen, "size", lambda item: [item["size"]])
    assert counts.colours == tally(seen, chosen, "colour", lambda item: [item["colour"]])
    named = {pk: name for name, pk in categories.items()}
    assert {named[pk]: number for pk, number in counts.categories.items()} == tally(
        seen, chosen, "category", lambda item: item["categories"]
    )
    assert counts.mine == tally(seen, chosen, "mine", lambda item: [item["mine"]]).get(True, 0)
    assert count_here(asked) == tally(seen, chosen, "here", lambda item: [item["here"]]).get(True, 0)
    for sort in SORTS:
        assert sorted(styles_found(asked, sort=sort, language="en", offset=0, limit=50)) == sorted(whole)
    assert rebuild_entries() == 0, "the receivers had left something untold"


def test_a_page_is_in_the_order_asked_for():
    ids = {}
    for title, price in (("Zebra", "10"), ("apple", "30"), ("Moss", "20")):
        product = make_product(title)
        StockRecord.objects.create(
            product=product, partner=make_store(f"s-{title}"), partner_sku=title, price=Decimal(price)
        )
        ids[product.pk] = title
    orders = {
        sort: "".join(ids[pk][0] for pk in styles_found(Filters(), sort=sort, language="id", offset=0, limit=9))
        for sort in SORTS
    }
    assert orders == {"newest": "MaZ", "price": "ZMa", "price-down": "aMZ", "name": "aMZ", "relevance": "MaZ"}
    assert len(styles_found(Filters(), sort="newest", language="id", offset=2, limit=2)) == 1


def test_an_entry_follows_what_oscar_says():
    shoes = Category.add_root(name="Shoes")
    product = make_product("Runner")
    product.categories.add(shoes)
    record = StockRecord.objects.create(product=product, partner=make_store(), partner_sku="R", price=Decimal(50))
    entry = Entry.objects.get(product=product)
    assert (entry.categories, entry.price, entry.on_shelf, entry.style_id) == ([shoes.pk], 50, True, product.pk)
    record.price = Decimal(40)
    record.save()
    child = make_product("Runner 42", parent=product)
    entry.refresh_from_db()
    assert not entry.on_shelf, "its size stands for it"
    assert Entry.objects.get(product=child).categories == [shoes.pk]
    child.delete()
    record.delete()
    product.categories.clear()
    entry.refresh_from_db()
    assert (entry.categories, entry.price, entry.on_shelf) == ([], None, True)
    product.delete()
    assert not Entry.objects.filter(pk=entry.pk).exists()
