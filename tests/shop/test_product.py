import re

import pytest
from django.utils import translation

from omni_sync.stock.count import count
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import lines_of, text_of, ways_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def style():
    """A style in two sizes, M before L; nothing anywhere yet."""
    parent = make_product("Kawan tee, black", structure="parent", description="Heavy <cotton>.")
    large = make_product("Kawan tee, black, L", parent=parent, size="L")
    medium = make_product("Kawan tee, black, M", parent=parent, size="M", gtin="9521234543213")
    return parent, medium, large


def test_a_size_is_shown_with_its_price_and_what_every_store_has(style, client):
    _, medium, _ = style
    put(medium, make_warehouse(), 12, sku="M")
    for code, quantity in (("dago", 9), ("menteng", 2), ("sanur", 0)):
        put(medium, make_store(code, week=[[]] * 7).partner, quantity, sku="M")
    response = client.get(medium.get_absolute_url())
    words = text_of(response)
    assert words.startswith("Kawan tee, black Rp149,000 Size M")
    assert ways_of(response) == ["Delivered to you 12 in stock"]
    assert lines_of(response) == [
        "Dago Jakarta 9 in stock",
        "Menteng Jakarta 2 left",
        "Sanur Jakarta None here now",
    ]


def test_indonesian_readers_get_their_words_and_their_prices(style, client):
    _, medium, _ = style
    put(medium, make_store("menteng").partner, 2, sku="M")
    with translation.override("id"):
        response = client.get(medium.get_absolute_url())
    page = response.content.decode()
    assert '<html lang="id"' in page
    words = text_of(response)
    assert "Rp149.000" in words
    assert "Tinggal 2" in words
    assert "Habis online" in words


def test_the_figure_is_true_on_reload(style, client):
    _, medium, _ = style
    record = put(medium, make_store("menteng", week=[[]] * 7).partner, 3, sku="M")
    url = medium.get_absolute_url()
    assert lines_of(client.get(url))[0] == "Menteng Jakarta 3 left"
    count(stockrecord=record, quantity=1)
    assert lines_of(client.get(url))[0] == "Menteng Jakarta 1 left"
    count(stockrecord=record, quantity=0)
    assert lines_of(client.get(url))[0] == "Menteng Jakarta None here now"


def test_a_style_without_a_chosen_size_says_which_sizes_each_store_has(style, client):
    parent, medium, large = style
    menteng = make_store("menteng", week=[[]] * 7).partner
    put(medium, menteng, 2, sku="M")
    put(large, menteng, 8, sku="L")
    put(large, make_store("dago", week=[[]] * 7).partner, 5, sku="L")
    response = client.get(parent.get_absolute_url())
    assert "Choose a size M (few left) L" in text_of(response)
    assert lines_of(response) == ["Dago Jakarta L", "Menteng Jakarta M (few left) L"]
    assert "basket/add" not in response.content.decode()


def test_only_what_can_be_sent_can_be_put_into_the_basket(style, client):
    _, medium, large = style
    put(medium, make_warehouse(), 1, sku="M")
    put(large, make_store("menteng").partner, 5, sku="L")
    assert f"/basket/add/{medium.pk}/" in client.get(medium.get_absolute_url()).content.decode()
    assert "/basket/add/" not in client.get(large.get_absolute_url()).content.decode()


def test_a_promise_stands_beside_what_can_be_collected_and_nowhere_else(style, client):
    _, medium, _ = style
    put(medium, make_store("menteng").partner, 5, sku="M")
    put(medium, make_store("sanur").partner, 0, sku="M")
    menteng, sanur = lines_of(client.get(medium.get_absolute_url()))
    assert re.fullmatch(r"Menteng Jakarta 5 in stock Collect (today|tomorrow) from \d\d:\d\d", menteng)
    assert sanur == "Sanur Jakarta None here now"


def test_sold_out_everywhere_is_said_once_and_plainly(style, client):
    parent, medium, _ = style
    put(medium, make_store("menteng").partner, 0, sku="M")
    for product in (parent, medium):
        assert text_of(client.get(product.get_absolute_url())).count("Sold out everywhere for now.") == 1


def test_a_product_no_store_could_have_is_still_a_page(client):
    product = make_product("Lonely")
    words = text_of(client.get(product.get_absolute_url()))
    assert "No price yet" in words
    assert "We have no stores yet." in words


def test_a_product_without_sizes_is_chosen_already(client):
    product = make_product("Tote")
    put(product, make_warehouse(), 5, sku="TOTE")
    page = client.get(product.get_absolute_url()).content.decode()
    assert f"/basket/add/{product.pk}/" in page
    assert "Choose a size" not in page


@pytest.mark.parametrize(
    ("description", "html"),
    [
        ("First.\n\nSecond & last.", "<p>First.</p>\n\n<p>Second &amp; last.</p>"),
        ('<p onclick="x()">Soft <em>linen</em></p><style>p{}</style>', "<p>Soft <em>linen</em></p>p{}"),
    ],
)
def test_a_description_is_shown_as_oscars_editor_wrote_it_and_no_more(description, html, client):
    page = client.get(make_product("Tee", description=description).get_absolute_url()).content.decode()
    assert f"<div>{html}</div>" in page


def test_a_description_cannot_end_the_script(client):
    product = make_product("Tee </script><b>", description="</script><script>alert(1)</script>")
    page = client.get(product.get_absolute_url()).content.decode()
    assert page.count("<script") == page.count("</script>") == 4
    assert "<b>" not in page


def test_a_page_has_no_inline_script_or_style(style, client):
    put(style[1], make_store("menteng").partner, 2, sku="M")
    page = client.get(style[1].get_absolute_url()).content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page)
    assert inline == ['<script type="application/ld+json">']


@pytest.mark.parametrize(("gtin", "is_told"), [("9521234543213", True), ("2000000000015", False)])
def test_machines_are_told_no_number_of_this_shop_alone(client, gtin, is_told):
    tee = make_product("Kawan tee", gtin=gtin)
    page = client.get(tee.get_absolute_url()).content.decode()
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert (gtin in told) is is_told


def test_the_language_switch_leads_to_the_same_page(style, client):
    url = style[0].get_absolute_url()
    assert f'href="/id{url}" hreflang="id"' in client.get(url).content.decode()
    assert f'href="{url}" hreflang="en"' in client.get(f"/id{url}").content.decode()


def test_prices_that_differ_by_size_begin_with_the_lowest(style, client):
    parent, medium, large = style
    partner = make_warehouse()
    put(medium, partner, 1, sku="M", price="149000")
    put(large, partner, 1, sku="L", price="129000")
    assert "from Rp129,000" in text_of(client.get(parent.get_absolute_url()))
