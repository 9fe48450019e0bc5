"""What each block shows."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from oscar.core.loading import get_model
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from omni_sync.oscar.models import Category, Order
from shop.content.blocks.show import blocks_of
from shop.seed.writing.pieces import block, chosen, faq, hero, link, note, of_category, pair, shop_picker, table, text
from shop.seed.writing.pieces import trend as trending
from tests.instore.places import make_product, make_store, put
from tests.shop.content.pieces import row, write
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def shown(client, *blocks):
    return client.get(write("About us", *blocks).get_url())


def picture(title="A bench", description="A wooden bench"):
    file = get_test_image_file("bench.png", size=(900, 600))
    return Image.objects.create(title=title, description=description, file=file)


def names_in(response):
    return re.findall(r'class="card-name"><a href="[^"]*">([^<]*)<', response.content.decode())


def test_a_large_picture_has_words_and_a_way(client):
    answer = shown(client, hero("Winter is here", "Put on two.", picture().pk, link("Look", place="everything")))
    assert "Winter is here Put on two. Look" in text_of(answer)
    assert 'alt="A wooden bench"' in answer.content.decode()
    assert '<a class="button" href="/catalogue/">Look</a>' in answer.content.decode()


def test_text_keeps_its_form_and_its_links_to_pages(client):
    other = write("Delivery")
    answer = shown(client, text(f'<h2>Hello</h2><p>See <a id="{other.pk}" linktype="page">delivery</a>.</p>'))
    assert '<h2>Hello</h2><p>See <a href="/delivery/">delivery</a>.</p>' in answer.content.decode()


def test_a_link_to_a_page_that_is_gone_or_a_draft_leads_nowhere(client):
    draft = write("Secret", live=False)
    answer = shown(
        client,
        text(f'<p><a id="{draft.pk}" linktype="page">here</a></p><p><a id="99999" linktype="page">there</a></p>'),
        hero("Look", "", None, link("Secret words", page=draft.pk)),
    )
    page = answer.content.decode()
    assert "/secret/" not in page
    assert "Secret words" not in page
    assert text_of(answer).endswith("Look")


def test_text_stands_beside_its_picture(client):
    answer = shown(client, pair("The bench", "<p>Sit down.</p>", picture().pk, first=True))
    assert "The bench Sit down." in text_of(answer)
    assert 'class="wrap block-pair picture-first"' in answer.content.decode()


def test_a_picture_that_was_deleted_leaves_the_words(client):
    image = picture()
    page = write("About us", pair("The bench", "<p>Sit down.</p>", image.pk))
    image.delete()
    assert "The bench Sit down." in text_of(client.get(page.get_url()))


def test_a_note_stands_out(client):
    assert "Closed on Monday" in text_of(shown(client, note("<p><b>Closed</b> on Monday</p>")))


def test_a_table_names_its_rows_and_columns(client):
    page = shown(client, table("Sizes", ["EU", "cm"], ["42", "26.7"])).content.decode()
    assert "<caption>Sizes</caption>" in page
    assert '<th scope="col">cm</th>' in page
    assert '<th scope="row">42</th><td>26.7</td>' in page


def test_questions_are_closed_and_told_to_search_engines(client):
    asked = [("How long?", "<p>Thirty days </script>.</p>"), ("Where?", "<p>Here.</p>")]
    page = shown(client, faq("Returns", asked[0]), faq("Shops", asked[1])).content.decode()
    assert page.count('<details class="question">') == 2
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    said = json.loads(told)
    assert said["@type"] == "FAQPage"
    assert [one["name"] for one in said["mainEntity"]] == ["How long?", "Where?"]
    assert said["mainEntity"][1]["acceptedAnswer"]["text"] == "<p>Here.</p>"


def test_chosen_products_stand_in_their_order_without_those_that_are_gone(client):
    tee, cap, hidden, gone = (make_product(name) for name in ("Tee", "Cap", "Hidden", "Gone"))
    put(tee, make_store("menteng").partner, 3)
    hidden.is_public = False
    hidden.save()
    page = write("About us", row(cap, hidden, gone, tee))
    gone.delete()
    answer = client.get(page.get_url())
    assert names_in(answer) == ["Cap", "Tee"]
    assert "In 1 shop" in text_of(answer)


def test_a_row_of_which_nothing_is_left_is_not_there(client):
    gone = make_product("Gone")
    page = write("About us", row(gone, heading="Only today"))
    gone.delete()
    assert "Only today" not in text_of(client.get(page.get_url()))


def test_a_category_shows_its_newest_and_those_below_it(client):
    shoes = Category.add_root(name="Shoes")
    sandals = Category.objects.get(pk=shoes.pk).add_child(name="Sandals")
    for name, shelf in (("Runner", shoes), ("Sandal", sandals), ("Tee", Category.add_root(name="Clothes"))):
        make_product(name).categories.add(shelf)
    answer = shown(client, of_category("", shoes.pk, 2))
    assert names_in(answer) == ["Sandal", "Runner"]
    assert "Shoes See all : Shoes" in text_of(answer)
    assert names_in(shown_again(client, of_category("", shoes.pk, 1))) == ["Sandal"]


def shown_again(client, *blocks):
    return client.get(write("Again", *blocks).get_url())


def sell(product, quantity, days=1, status="Complete"):
    """An order of so many days ago."""
    number = f"{Order.objects.count() + 1}"
    placed = timezone.now() - timedelta(days=days)
    order = Order.objects.create(
        number=number, currency="IDR", total_incl_tax=1, total_excl_tax=1, status=status, date_placed=placed
    )
    get_model("order", "Line").objects.create(
        order=order,
        product=product,
        partner_name="",
        partner_sku="",
        title=product.get_title(),
        quantity=quantity,
        num_allocated=0,
        line_price_incl_tax=1,
        line_price_excl_tax=1,
        line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1,
    )


def test_what_sold_most_of_late_comes_first_whatever_its_size(client):
    style, cap, old = make_product("Tee", structure="parent"), make_product("Cap"), make_product("Old")
    sell(make_product("Tee, M", parent=style, size="M"), 2)
    sell(make_product("Tee, L", parent=style, size="L"), 2)
    sell(cap, 3)
    sell(cap, 5, status="Cancelled")
    sell(old, 50, days=60)
    assert names_in(shown(client, trending("Now", "sold", 4))) == ["Tee", "Cap"]
    assert names_in(shown_again(client, trending("Now", "new", 2))) == ["Old", "Cap"]


def test_where_nothing_sold_what_is_new_stands_in(client):
    make_product("Tee")
    assert names_in(shown(client, trending("Now", "sold"))) == ["Tee"]


def test_the_shop_picker_asks_once_and_then_says_which(client):
    make_store("menteng")
    page = write("About us", shop_picker("Where do you live?"))
    assert "Where do you live?" in text_of(client.get(page.get_url()))
    client.cookies["lintas_store"] = "menteng"
    assert "Your shop: Menteng" in text_of(client.get(page.get_url()))


def test_a_block_that_is_no_longer_known_is_passed_over(client):
    request = client.get("/").wsgi_request
    body = json.dumps([block("carousel", {"a": 1}), text("<p>Still here</p>")])
    assert [shown.html for shown in blocks_of(body, request)] == ["<p>Still here</p>"]


def test_no_products_chosen_is_no_error(client):
    assert names_in(shown(client, chosen("Nothing", []))) == []
