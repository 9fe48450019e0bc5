"""What search engines are told there is, and what they are asked to leave alone."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from omni_sync.oscar.models import Category, Product
from shop.storefront import sitemap
from tests.instore.places import make_product, make_store

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "https://shop.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.BASE_URL = BASE


def listed(client, path):
    """The addresses of an index, or by address of a page what stands beside it."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)


def places_of(tree):
    return [one.text for one in tree.findall(".//s:loc", NAMES)]


def test_the_index_leads_to_every_section_and_each_to_addresses_that_are_pages(client):
    product = make_product("Tee")
    product.categories.add(Category.add_root(name="Clothes").add_child(name="Tees"))
    make_store("menteng")
    index = places_of(listed(client, "/sitemap.xml"))
    assert {one.rpartition("/")[2] for one in index} == {
        f"sitemap-{name}-1.xml" for name in ("pages", "categories", "stores", "products")
    }
    for page in index:
        for address in places_of(listed(client, page.removeprefix(BASE))):
            assert address.startswith(f"{BASE}/")
            assert client.get(address.removeprefix(BASE)).status_code == 200, address


def test_each_address_names_itself_in_every_language(client):
    product = make_product("Tee")
    url = product.get_absolute_url()
    tree = listed(client, "/sitemap-products-1.xml")
    assert places_of(tree) == [BASE + url, f"{BASE}/id{url}"]
    for one in tree.findall("s:url", NAMES):
        assert {link.get("hreflang"): link.get("href") for link in one.findall("x:link", NAMES)} == {
            "en": BASE + url,
            "id": f"{BASE}/id{url}",
            "x-default": BASE + url,
        }
        assert one.find("s:lastmod", NAMES).text == timezone.localdate(product.date_updated).isoformat()


def test_only_what_everybody_may_see_is_listed(client):
    style = make_product("Tee", structure="parent")
    make_product("Tee, M", parent=style, size="M")
    make_product("Secret", is_public=False)
    assert len(places_of(listed(client, "/sitemap-products-1.xml"))) == 2


def test_many_products_stand_on_several_pages_that_cost_the_same(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemap, "PER_PAGE", 20)
    for number in range(41):
        make_product(f"Tee {number}")
    index = places_of(listed(client, "/sitemap.xml"))
    assert [one for one in index if "products" in one] == [f"{BASE}/sitemap-products-{n}.xml" for n in (1, 2, 3)]
    found = [address for n in (1, 2, 3) for address in places_of(listed(client, f"/sitemap-products-{n}.xml"))]
    assert len(found) == len(set(found)) == 82
    assert client.get("/sitemap-products-4.xml").status_code == 404
    assert client.get("/sitemap-secrets-1.xml").status_code == 404
    Product.objects.filter(title__in=["Tee 1", "Tee 2"]).delete()
    with django_assert_num_queries(3):
        client.get("/sitemap-products-1.xml")


def test_robots_read_the_shop_and_nobodys_own_pages(client):
    product = make_product("Tee")
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert f"Sitemap: {BASE}/sitemap.xml" in text
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    url = product.get_absolute_url()
    for path in ("/", url, "/id/", f"/id{url}", f"{url}reviews/", "/catalogue/", "/stores/", "/catalogue/?page=2"):
        assert robots.can_fetch("*", path), path
    for path in ("/basket/", "/id/basket/", "/checkout/shipping-address/", "/accounts/login/", "/search/?q=tee",
                 "/dashboard/", "/cms/", "/api/v1/", "/live/"):  # fmt: skip
        assert not robots.can_fetch("*", path), path
    for key in ("size", "colour", "sort", "mine"):
        assert f"Disallow: /*?{key}=" in text
        assert f"Disallow: /*&{key}=" in text


def test_a_browser_that_asks_for_an_icon_gets_the_mark_and_no_cookie(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith("/lintas/mark.svg")
    assert not response.cookies
