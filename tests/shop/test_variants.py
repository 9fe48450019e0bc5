"""The sizes and the colours of a style: one's own is chosen already, and each has its address."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from oscar.core.loading import get_model
from PIL import Image

from omni_sync.catalogue.identify import describe
from tests.instore.places import make_product, make_warehouse, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def runner():
    """In two colours; sea green in three sizes, of which 42 is there."""
    sea, black = (make_product(f"Runner, {colour}", structure="parent") for colour in ("sea green", "black"))
    for style, colour in ((sea, "sea green"), (black, "black")):
        describe(product=style, colour=colour)
    sizes = {}
    for size in ("41", "42", "43"):
        sizes[size] = make_product(f"Runner, sea green, {size}", parent=sea)
        describe(product=sizes[size], size=size, size_system="EU", colour="sea green")
    put(sizes["42"], make_warehouse(), 9, sku="R-42")
    return sea, black, sizes


def picker(response):
    """The sizes as they are said, the chosen one in brackets."""
    found = re.findall(r'<a class="size[^"]*" id="size-\d+"[^>]*?( aria-current="true")?>(.*?)</a>',
                       response.content.decode())  # fmt: skip
    said = [(current, " ".join(re.sub("<[^>]+>", " ", words).split())) for current, words in found]
    return [f"[{words}]" if current else words for current, words in said]


def test_ones_own_size_is_chosen_already_and_said(runner, client):
    sea, _, sizes = runner
    client.cookies["lintas_sizes"] = "EU=42"
    response = client.get(sea.get_absolute_url())
    assert "Size 42, as you told us" in text_of(response).replace(" ,", ",")
    assert picker(response) == ["41 (sold out)", "[42 (your size)]", "43 (sold out)"]
    page = response.content.decode()
    assert f"/basket/add/{sizes['42'].pk}/" in page
    assert "<title>Runner, sea green ·" in page
    assert f'rel="canonical" href="http://testserver{sea.get_absolute_url()}"' in page


def test_a_size_that_is_named_is_chosen_before_ones_own(runner, client):
    _, _, sizes = runner
    client.cookies["lintas_sizes"] = "EU=42"
    response = client.get(sizes["43"].get_absolute_url())
    assert picker(response) == ["41 (sold out)", "42 (your size)", "[43 (sold out)]"]
    assert "Size 43" in text_of(response)


@pytest.mark.parametrize("told", ["", "EU=50", "alpha=42", "EU="])
def test_a_size_it_is_not_made_in_chooses_nothing(runner, client, told):
    client.cookies["lintas_sizes"] = told
    assert "Choose a size" in text_of(client.get(runner[0].get_absolute_url()))


def test_every_colour_leads_to_the_others(runner, client):
    sea, black, sizes = runner
    make_product("Runner, old", structure="parent")  # it has no colour: it is not one of them
    for product in (sea, sizes["42"], black):
        page = client.get(product.get_absolute_url()).content.decode()
        own = black if product is black else sea
        found = re.findall(r'class="swatch" href="([^"]+)"( aria-current="true")?', page)
        assert found == [
            (style.get_absolute_url(), ' aria-current="true"' if style is own else "") for style in (black, sea)
        ]


def test_one_colour_alone_is_no_choice(client):
    only = make_product("Belt, brown")
    describe(product=only, colour="brown")
    assert "swatch" not in client.get(only.get_absolute_url()).content.decode()


def hang(product, count):
    for number in range(count):
        made = ContentFile(b"")
        Image.new("RGB", (40, 50), "teal").save(made, "PNG")
        name = default_storage.save(f"tee-{number}.png", ContentFile(made.file.getvalue()))
        get_model("catalogue", "ProductImage").objects.create(product=product, original=name, display_order=number)


def test_several_pictures_are_each_a_link_away_and_said(client):
    tee = make_product("Tee")
    hang(tee, 3)
    page = client.get(tee.get_absolute_url()).content.decode()
    targets = re.findall(r'<li><a class="swatch" href="#([^"]+)"><img[^>]* alt="([^"]+)"', page)
    assert targets == [("picture-1", "Picture 1"), ("picture-2", "Picture 2"), ("picture-3", "Picture 3")]
    shown = re.findall(r'<li class="product-picture" id="([^"]+)"><img[^>]* alt="([^"]+)"', page)
    assert shown == [("picture-1", "Tee"), ("picture-2", "Tee, picture 2"), ("picture-3", "Tee, picture 3")]
    assert "gallery.js" in page


def test_one_picture_needs_no_links(client):
    tee = make_product("Tee")
    hang(tee, 1)
    page = client.get(tee.get_absolute_url()).content.decode()
    assert "#picture-" not in page
    assert "gallery.js" not in page


def test_a_page_with_all_there_is_costs_the_same_at_one_and_at_fifty(client, django_assert_max_num_queries):
    costs = []
    review = get_model("reviews", "ProductReview").objects.create
    for count in (1, 49):
        for number in range(count):
            colour = f"colour {count} {number}"
            last = make_product(f"Tee, {colour}")
            describe(product=last, colour=colour)
        for number in range(count):
            review(product=last, name="Sari", email="s@langkah.example", score=4, title=f"{number}", body="x")
        hang(last, count % 9)
        client.get(last.get_absolute_url())
        with django_assert_max_num_queries(11) as captured:
            client.get(last.get_absolute_url())
        costs.append(len(captured))
    assert costs[0] == costs[1]
