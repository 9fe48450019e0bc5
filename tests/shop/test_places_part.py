"""The part of a product's page that follows the stock."""

import re

import pytest

from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.live.token import read
from omni_sync.live.topics import stock_topic
from omni_sync.oscar.models import Basket
from omni_sync.stock.count import count
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def style():
    parent = make_product("Kawan tee", structure="parent")
    sizes = [make_product(f"Kawan tee, {size}", parent=parent, size=size) for size in ("M", "L")]
    menteng = make_store("menteng").partner
    records = [put(size, menteng, 5, sku=f"TEE-{number}") for number, size in enumerate(sizes)]
    return parent, sizes, records


def part_of(html):
    return re.search(r'<div class="stock" id="stock".*', html, re.DOTALL)[0]


def test_the_page_and_the_part_alone_say_the_same(style, client):
    _, (medium, _), _ = style
    page = client.get(medium.get_absolute_url()).content.decode()
    alone = client.get(f"{medium.get_absolute_url()}places/", headers=HTMX)
    assert alone["Cache-Control"] == "no-store"
    assert "HX-Request" in alone["Vary"]
    assert alone.content.decode().startswith('<div class="stock" id="stock"')
    assert words(alone.content.decode()) in words(page)
    assert f'hx-get="{medium.get_absolute_url()}places/"' in part_of(page)


def test_somebody_who_opens_the_parts_address_is_sent_to_the_page(style, client):
    _, (medium, _), _ = style
    answer = client.get(f"{medium.get_absolute_url()}places/")
    assert (answer.status_code, answer["Location"]) == (302, medium.get_absolute_url())


def test_the_part_reads_the_stock_anew_sizes_included(style, client):
    _, (medium, _), (record, _) = style
    url = f"{medium.get_absolute_url()}places/"
    assert "5 in stock" in words(client.get(url, headers=HTMX).content.decode())
    count(stockrecord=record, quantity=2)
    after = words(client.get(url, headers=HTMX).content.decode())
    assert "2 left" in after
    assert "M (few left) L" in after
    count(stockrecord=record, quantity=0)
    gone = words(client.get(url, headers=HTMX).content.decode())
    assert "None here now" in gone
    assert "M (sold out) L" in gone


def test_the_page_follows_every_size_of_its_style(style, client, monkeypatch):
    monkeypatch.setattr("omni_sync.templatetags.live.address", lambda: "redis://somewhere")
    parent, sizes, _ = style
    page = client.get(parent.get_absolute_url()).content.decode()
    token = re.search(r'data-live="([^"]+)"', page)[1]
    assert read(token).topics == {stock_topic(size.pk) for size in sizes}


def test_every_figure_names_its_place(style, client):
    _, (medium, _), _ = style
    page = client.get(medium.get_absolute_url()).content.decode()
    assert set(re.findall(r'data-figure="([^"]+)"', page)) == {"menteng", "online"}
    assert 'data-place="Menteng"' in page
    assert re.search(r'<p class="unseen" id="stock-said" role="status"></p>', page)


def test_each_visitor_has_a_token_of_their_own_in_the_same_part(style, client):
    """The part is rendered once for the same figures; what is personal is put in afterwards."""
    _, (medium, _), _ = style
    pages = [client.get(medium.get_absolute_url()).content.decode() for _ in range(2)]
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)) for page in pages]
    assert tokens[0] != tokens[1]
    assert all(len(token) == 64 for found in tokens for token in found)


def test_a_long_list_shows_first_who_has_it_and_says_how_many_are_left_out(client):
    product = make_product("Tee")
    for number in range(15):
        put(product, make_store(f"shop-{number:02}").partner, 4 if number > 12 else 0)
    page = client.get(product.get_absolute_url()).content.decode()
    assert "Show 3 more shops" in words(page)
    assert "Shop-14" in part_of(page)
    everything = client.get(f"{product.get_absolute_url()}?stores=all").content.decode()
    assert part_of(everything).count('<li class="place"') == 15
    assert f'hx-get="{product.get_absolute_url()}places/?stores=all"' in everything


def test_what_is_not_public_has_no_part_either(client):
    product = make_product("Secret", is_public=False)
    assert client.get(f"{product.get_absolute_url()}places/", headers=HTMX).status_code == 404
    assert client.get("/catalogue/gone_999999/places/", headers=HTMX).status_code == 404


def baskets():
    """What is in every basket, and where it is collected."""
    return [
        (sorted((line.product.title, line.quantity) for line in basket.lines.all()), str(fulfilment_of(basket).partner))
        for basket in Basket.objects.all()
    ]


@pytest.mark.django_db
def test_one_tap_puts_a_product_into_the_basket_and_lets_it_be_collected_at_ones_own_store(client):
    tee = make_product("Tee")
    put(tee, make_store("menteng").partner, 2)
    client.cookies["lintas_store"] = "menteng"
    page = client.get(tee.get_absolute_url()).content.decode()
    assert "Collect at Menteng" in page
    client.post(f"{tee.get_absolute_url()}collect/", {"store": "menteng", "quantity": "1"})
    assert baskets() == [([("Tee", 1)], "Menteng")]


@pytest.mark.django_db
def test_what_a_store_does_not_have_changes_nothing_of_the_basket(client):
    tee, socks = make_product("Tee"), make_product("Socks")
    put(socks, make_warehouse(), 5, sku="SOCKS")
    put(tee, make_store("menteng").partner, 0)
    client.post(f"/basket/add/{socks.pk}/", {"quantity": "1"})
    client.cookies["lintas_store"] = "menteng"
    assert "Collect at Menteng" not in client.get(tee.get_absolute_url()).content.decode()
    client.post(f"{tee.get_absolute_url()}collect/", {"store": "menteng", "quantity": "1"})
    assert baskets() == [([("Socks", 1)], "None")]
    assert client.post(f"{tee.get_absolute_url()}collect/", {"store": "nowhere"}).status_code == 404
