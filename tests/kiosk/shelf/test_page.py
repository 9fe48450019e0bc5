"""What is seen after a scan: this thing, here, in one's size; nothing is stored by looking."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from instore.stores.models import Store
from instore.stores.shelves import ShelfPlace
from kiosk.links.models import ProductLink
from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import ProductReview
from omni_sync.people.sizes.typed import tell_sizes
from omni_sync.stock.count import count
from tests.instore.places import make_product, make_store, put
from tests.kiosk.shelf.conftest import LARGE, MEDIUM, STYLE
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def shelf(gtin=MEDIUM, store="menteng"):
    return f"/shelf/{gtin}/" + (f"?s={store}" if store else "")


def test_scan_shows_price_stock_and_place_in_this_shop(phone, menteng, tee):
    count(stockrecord=put(tee[1], menteng.partner, 2), quantity=2)
    page = text_of(phone.get(shelf()))
    for said in ("Kawan tee, black", "Size M", "Rp149,000", "Here at Menteng", "2 left", "Shelf A-3", "Heavy cotton."):
        assert said in page
    assert "Collect at Dago" in page


def test_looking_sets_no_cookie_and_stores_nothing(phone, menteng, django_assert_num_queries):
    answer = phone.get(shelf())
    assert not answer.cookies
    assert not phone.cookies
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_canonical_is_oscars_page_of_the_size(phone, menteng, tee):
    page = phone.get(shelf()).content.decode()
    assert f'<link rel="canonical" href="http://testserver{tee[1].get_absolute_url()}">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_each_size_is_a_link_to_its_own_number_with_how_many_are_here(phone, menteng):
    page = phone.get(shelf()).content.decode()
    assert re.search(rf'class="size low" href="/shelf/{MEDIUM}/\?s=menteng" aria-current="true"', page)
    assert re.search(rf'class="size out" href="/shelf/{LARGE}/\?s=menteng"', page)
    assert "M 2 : 2 here L 0 : 0 here" in text_of(phone.get(shelf()))


def test_size_that_is_not_here_says_where_it_is_and_from_when(phone, menteng):
    page = text_of(phone.get(shelf(LARGE)))
    assert "None here now" in page
    assert re.search(
        r"Where you can get it Dago Jakarta · 2.2 km 5 in stock "
        r"Collect (today|tomorrow) from \d\d:\d\d",
        page,
    )
    assert "Delivered to you 9 in stock" in page


@pytest.mark.parametrize("said", ["menteng", "MENTENG", " Menteng"])
def test_store_is_known_by_its_code_in_any_case(phone, menteng, said):
    assert "Here at Menteng" in text_of(phone.get("/shelf/" + MEDIUM + "/", {"s": said}))


@pytest.mark.parametrize("query", ["s=menteng;a=b", "a=b;s=menteng", "s=menteng&s=dago", "S=MENTENG&lang=id;lang=en"])
def test_store_of_the_query_is_the_one_that_the_resolver_reads(phone, menteng, query):
    answer = phone.get(f"/shelf/{MEDIUM}/", query_params={}, QUERY_STRING=query)
    assert ("Di sini, di Menteng" if "lang" in query else "Here at Menteng") in text_of(answer)
    assert answer.headers["Content-Language"] == ("id" if "lang" in query else "en")


def test_without_a_store_every_shop_is_shown_by_name_and_one_is_chosen_in_the_address(phone, menteng):
    answer = phone.get(shelf(store=""))
    page = answer.content.decode()
    assert "Which shop are you in?" in page
    assert 'name="s" value="menteng"' in page
    assert 'name="s" value="dago"' in page
    assert "In our shops" in page
    assert "Ask for help" not in page


def test_members_own_shop_is_taken_where_the_address_says_none(phone, menteng):
    phone.cookies["lintas_store"] = "dago"
    page = text_of(phone.get(shelf(store="")))
    assert "At your shop, Dago" in page
    assert "Ask for help" not in page  # nobody knows that they are there


def test_unknown_store_is_said_plainly(phone, menteng):
    page = text_of(phone.get(shelf(store="nowhere<b>")))
    assert "We have no shop called “nowhere&lt;b&gt;”." in page
    assert "Which shop are you in?" in page


def test_store_that_closed_for_good_is_said_by_name(phone, menteng):
    make_store("sanur", public=False)
    assert "Sanur is not open to shoppers any more." in text_of(phone.get(shelf(store="sanur")))


def test_store_that_is_closed_now_says_when_it_opens(phone, menteng):
    Store.objects.filter(pk=menteng.pk).update(weekly_hours=[[]] * 7)
    page = text_of(phone.get(shelf()))
    assert "Closed for now" in page
    assert "Ask for help" not in page


def test_not_sold_here_says_so_with_the_price_elsewhere(phone, menteng):
    make_store("sanur")
    page = text_of(phone.get(shelf(store="sanur")))
    assert "Not sold at this shop" in page
    assert "Rp149,000 at other shops" in page


def test_own_size_is_marked_with_its_reason(phone, menteng, tee):
    for product, size in zip(tee[1:], "ML", strict=True):
        describe(product=product, size=size, size_system="SML")
    budi = get_user_model().objects.create_user(email="budi@langkah.example")
    tell_sizes(user_id=budi.pk, sizes={"SML": "L"})
    phone.force_login(budi)
    page = text_of(phone.get(shelf()))
    assert "Your size is L, as you told us. See where it is" in page
    assert "Size L , as you told us" in text_of(phone.get(shelf(LARGE)))
    style = text_of(phone.get(shelf(STYLE)))
    assert "Size L , as you told us" in style
    assert "Where you can get it Dago" in style


def test_number_of_a_style_lets_a_size_be_chosen(phone, menteng):
    page = phone.get(shelf(STYLE)).content.decode()
    assert "Choose your size below" in page
    assert "/basket/" not in page.replace('href="/basket/"', "")
    assert "Ask for help" in page


def test_product_without_sizes_is_chosen_already(phone, menteng):
    bag = make_product("Bag", gtin="09521000000032")
    put(bag, menteng.partner, 4, sku="BAG")
    ShelfPlace.objects.create(store=menteng, product=bag, place="B-1")
    page = text_of(phone.get(shelf("09521000000032")))
    assert "4 in stock Shelf B-1" in page
    assert "All sizes" not in page


@pytest.mark.parametrize("gtin", ["09521000000049", "09521234543214", "12345678"])
def test_unknown_number_is_a_dressed_page_with_a_search(phone, menteng, gtin):
    answer = phone.get(shelf(gtin))
    assert answer.status_code == 404
    assert "We don't know this one" in answer.content.decode()
    assert f'action="{reverse("search:search")}"' in answer.content.decode()


@pytest.mark.parametrize("hidden", ["style", "size"])
def test_what_is_not_public_is_not_shown(phone, menteng, tee, hidden):
    product = tee[0] if hidden == "style" else tee[1]
    type(product).objects.filter(pk=product.pk).update(is_public=False)
    assert phone.get(shelf()).status_code == 404


def test_shorter_number_is_sent_to_the_one_of_fourteen_digits(phone, menteng):
    answer = phone.get(shelf(MEDIUM[1:]))
    assert (answer.status_code, answer.headers["Location"]) == (302, shelf())


def test_language_is_the_readers_and_can_be_changed_in_the_address(phone, menteng):
    assert "Ukuran M" in text_of(phone.get(shelf(), headers={"accept-language": "id"}))
    page = phone.get(shelf() + "&lang=id")
    assert 'lang="id"' in page.content.decode()
    assert page.headers["Content-Language"] == "id"
    assert f'href="/shelf/{LARGE}/?s=menteng&amp;lang=id"' in page.content.decode()
    assert f'href="/shelf/{MEDIUM}/?s=menteng&amp;lang=en"' in page.content.decode()


def test_most_helpful_reviews_are_shown_and_the_rest_is_counted(phone, menteng, tee):
    for number, score in enumerate([5, 4, 1]):
        ProductReview.objects.create(
            product=tee[0], score=score, title=f"Review {number}", body="So.", name="Sari Wulandari",
            email="s@x.example", status=ProductReview.APPROVED, delta_votes=number, total_votes=number,
        )  # fmt: skip
    ProductReview.objects.create(
        product=tee[0], score=1, title="Waits", body="So.", status=ProductReview.FOR_MODERATION
    )
    page = text_of(phone.get(shelf()))
    assert "3.3" in page
    assert "3 reviews" in page
    assert page.index("Review 2") < page.index("Review 1")
    assert "Review 0" not in page
    assert "Waits" not in page
    assert "Sari W." in page
    assert "Wulandari" not in page


def test_page_follows_the_stock_and_says_what_changed(phone, menteng, tee):
    answer = phone.get(shelf(), headers={"hx-request": "true"}).content.decode()
    assert re.search(r'id="stock-said" role="status">Menteng: <span', answer)
    plain = phone.get(shelf()).content.decode()
    assert re.search(r'id="stock-said" role="status"></p>', plain)
    assert 'hx-get="/shelf/09521234543213/?s=menteng"' in plain


def test_sold_out_everywhere_is_said(phone, tee):
    make_store("menteng")
    put(tee[1], make_store("dago").partner, 0, sku="M")
    assert "Sold out everywhere for now." in text_of(phone.get(shelf()))


def test_no_inline_script_or_style(phone, menteng):
    page = phone.get(shelf()).content.decode()
    assert not re.search(r'style="|<style|\son\w+=|<script(?![^>]*\ssrc=)', page)


def test_what_the_merchant_gives_to_read_is_linked_in_the_readers_language(phone, menteng, tee):
    for product, kind, title, language in (
        (tee[0], "sustainabilityInfo", "Where it was made", ""),
        (tee[0], "relatedVideo", "How it is worn", "en"),
        (tee[0], "relatedVideo", "Cara memakainya", "id"),
        (tee[1], "pip", "The page itself", ""),
    ):
        ProductLink.objects.create(
            product=product, link_type=kind, title=title, hreflang=language, href=f"https://x.example/{len(title)}"
        )
    page = text_of(phone.get(shelf()))
    assert page.index("How it is worn") < page.index("Where it was made")
    assert "Cara memakainya" not in page
    assert "The page itself" not in page
    assert "Cara memakainya" in text_of(phone.get(shelf(LARGE) + "&lang=id"))
