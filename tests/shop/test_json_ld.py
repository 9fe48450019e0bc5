"""What search engines read of a product is what people read."""

import json
import re

import pytest
from oscar.core.loading import get_model

from omni_sync.oscar.models import Category
from tests.instore.places import make_product, make_store, make_warehouse, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def style():
    parent = make_product("Kawan tee, black", structure="parent", description="Heavy <b>cotton</b>.")
    large = make_product("Kawan tee, black, L", parent=parent, size="L")
    medium = make_product("Kawan tee, black, M", parent=parent, size="M", gtin="9521234543213")
    return parent, medium, large


def told(client, url):
    page = client.get(url).content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert said["@context"] == "https://schema.org"
    return said["@graph"]


def test_a_size_is_a_product_with_its_offer_and_names_its_group(style, client):
    parent, medium, _ = style
    put(medium, make_store("menteng").partner, 2, sku="LK-M")
    product, _way = told(client, medium.get_absolute_url())
    assert product["@type"] == "Product"
    assert (product["sku"], product["gtin"], product["size"]) == ("LK-M", "09521234543213", "M")
    assert product["url"].endswith(parent.get_absolute_url())
    assert product["offers"] == {
        "@type": "Offer",
        "price": "149000",
        "priceCurrency": "IDR",
        "availability": "https://schema.org/InStoreOnly",
        "itemCondition": "https://schema.org/NewCondition",
        "url": f"http://testserver{medium.get_absolute_url()}",
    }
    assert product["isVariantOf"]["@type"] == "ProductGroup"
    assert product["isVariantOf"]["productGroupID"] == str(parent.pk)


def test_a_style_is_a_group_of_variants_each_with_its_own_offer(style, client):
    parent, medium, large = style
    warehouse = make_warehouse()
    put(medium, warehouse, 9, sku="M")
    put(large, warehouse, 0, sku="L", price="159000")
    group, _way = told(client, parent.get_absolute_url())
    assert (group["@type"], group["productGroupID"]) == ("ProductGroup", str(parent.pk))
    assert group["variesBy"] == ["https://schema.org/size"]
    assert [
        (one["size"], one["sku"], one["offers"]["price"], one["offers"]["availability"].rpartition("/")[2])
        for one in group["hasVariant"]
    ] == [("M", "M", "149000", "InStock"), ("L", "L", "159000", "OutOfStock")]
    assert [one["offers"]["url"] for one in group["hasVariant"]] == [
        f"http://testserver{product.get_absolute_url()}" for product in (medium, large)
    ]
    assert group["description"] == "Heavy cotton."


def test_nothing_is_said_of_reviews_or_offers_that_are_not_there(client):
    product, _way = told(client, make_product("Lonely").get_absolute_url())
    assert not {"offers", "aggregateRating", "review", "image"} & product.keys()


def test_reviews_are_told_as_people_read_them(style, client):
    review = get_model("reviews", "ProductReview").objects.create
    review(
        product=style[0], name="Sari Wulandari", email="s@langkah.example", score=5, title="Soft", body="Yes.", status=1
    )
    review(product=style[0], name="Budi", email="b@langkah.example", score=2, title="Thin", body="No.", status=1)
    group, _way = told(client, style[0].get_absolute_url())
    assert group["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": 3.5,
        "reviewCount": 2,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert {(one["author"]["name"], one["reviewRating"]["ratingValue"]) for one in group["review"]} == {
        ("Sari W.", 5),
        ("Budi", 2),
    }


def test_the_way_to_a_product_is_told_from_the_top(client):
    product = make_product("Tee")
    product.categories.add(Category.add_root(name="Clothes").add_child(name="Tees"))
    _product, way = told(client, product.get_absolute_url())
    assert way["@type"] == "BreadcrumbList"
    assert [(one["position"], one["name"]) for one in way["itemListElement"]] == [
        (1, "Clothes"),
        (2, "Tees"),
        (3, "Tee"),
    ]
    assert all(one["item"].startswith("http://testserver/catalogue/") for one in way["itemListElement"])


def test_the_head_names_the_page_once_in_every_language(style, client):
    parent, medium, _ = style
    put(medium, make_warehouse(), 1, sku="M")
    url = parent.get_absolute_url()
    for path in (url, medium.get_absolute_url(), f"/id{url}"):
        page = client.get(path).content.decode()
        own = f"/id{url}" if path.startswith("/id") else url
        assert re.findall(r'rel="canonical" href="http://testserver([^"]+)"', page) == [own]
        assert dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="http://testserver([^"]+)"', page)) == {
            "en": url,
            "id": f"/id{url}",
            "x-default": url,
        }
        assert page.count('property="og:url"') <= 1
