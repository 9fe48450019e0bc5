"""Pages in two languages, drafts, previews, campaigns."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page

from settings.bench.goods import make_products
from shop.models import CampaignPage, ContentPage, StoreFront
from shop.seed.writing.pieces import block, link, note, text, to_page
from tests.instore.places import make_product, make_store
from tests.shop.content.pieces import home, row, write
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def campaign(**fields):
    action = [block("link", link("Look at it", place="everything"))]
    return write(
        "Rain", note("<p>Take an umbrella</p>"), kind=CampaignPage, action=action, intro="It has begun.", **fields
    )


def test_a_page_of_an_editors_stands_at_its_slug_with_its_words(client):
    write("About us", text("<p>Since 1931</p>"), intro="Who we are")
    answer = client.get("/about-us/")
    assert text_of(answer) == "About us Who we are Since 1931"
    assert "<title>About us · Langkah</title>" in answer.content.decode()
    assert '<meta property="og:title" content="About us">' in answer.content.decode()


def test_a_draft_is_nobodys_but_the_editors(client):
    page = write("About us", text("<p>Since 1931</p>"))
    page.body = [text("<p>Since 1932</p>")]
    page.save_revision()
    assert "Since 1931" in text_of(client.get("/about-us/"))
    write("Secret", live=False)
    assert client.get("/secret/").status_code == 404
    page.get_latest_revision().publish()
    assert "Since 1932" in text_of(client.get("/about-us/"))


def test_a_page_without_a_translation_stands_in_the_readers_frame(client):
    write("About us", text("<p>Since 1931</p>"))
    answer = client.get("/id/about-us/")
    page = answer.content.decode()
    assert "Since 1931" in text_of(answer)
    assert '<article class="content" lang="en">' in page
    assert '<html lang="id"' in page
    assert '<link rel="canonical" href="http://testserver/about-us/">' in page
    assert 'rel="alternate"' not in page
    assert client.get("/id/nothing/").status_code == 404


def test_readers_are_led_to_the_translation_in_their_language(client):
    english = write("About us")
    write("Tentang kami", language="id", key=english.translation_key)
    answer = client.get("/id/about-us/")
    assert (answer.status_code, answer.url) == (302, "/id/tentang-kami/")
    page = client.get("/about-us/").content.decode()
    assert '<link rel="alternate" hreflang="id" href="http://testserver/id/tentang-kami/">' in page
    assert re.search('<a href="/id/tentang-kami/" hreflang="id"', page)
    assert client.get("/tentang-kami/").url == "/about-us/"


def test_a_link_to_a_page_leads_to_the_readers_translation(client):
    english = write("Delivery")
    write("Pengiriman", language="id", key=english.translation_key)
    body = [text(f"<p>{to_page(english.pk, 'here')}</p>")]
    write("About us", *body)
    assert 'href="/delivery/">here' in client.get("/about-us/").content.decode()
    assert 'href="/id/pengiriman/">here' in client.get("/id/about-us/").content.decode()


def test_a_page_below_another_names_it(client):
    delivery = write("Delivery")
    write("Abroad", under=delivery)
    page = client.get("/delivery/abroad/").content.decode()
    assert re.search(r'class="crumbs".*<a href="/delivery/">Delivery</a>', page, re.DOTALL)


def test_blocks_stand_on_the_front_page_and_what_is_there_by_itself_stays(client):
    make_product("Tee")
    page = home()
    page.body = [note("<p>Closed on Monday</p>")]
    page.save()
    words = text_of(client.get("/"))
    assert words.index("Closed on Monday") < words.index("New in")
    assert "Tee" in words


def test_a_campaign_is_on_from_one_day_to_another(client):
    now = timezone.now()
    campaign(starts=now - timedelta(days=1), ends=now + timedelta(days=1))
    words = text_of(client.get("/rain/"))
    assert "It has begun." in words
    assert "Look at it" in words
    assert "Take an umbrella" in words
    CampaignPage.objects.update(ends=now - timedelta(hours=1), over_words="Dry again.")
    words = text_of(client.get("/rain/"))
    assert "This is over Rain Dry again. See everything" in words
    assert "umbrella" not in words
    CampaignPage.objects.update(starts=now + timedelta(days=2), ends=None)
    words = text_of(client.get("/rain/"))
    assert "From " in words
    assert "umbrella" not in words


@pytest.mark.parametrize("mode", ["on", "soon", "over"])
def test_every_mode_of_a_campaign_can_be_previewed(mode):
    page = campaign()
    page.title = "Not saved yet"
    answer = page.make_preview_request(preview_mode=mode)
    assert answer.status_code == 200
    assert "Not saved yet" in text_of(answer)
    assert ("umbrella" in text_of(answer)) == (mode == "on")


@pytest.mark.django_db(transaction=True)
def test_a_preview_is_seen_by_the_editor_and_remembered_by_nobody(client):
    page = write("About us", text("<p>Since 1931</p>"))
    client.get("/about-us/")
    page.body = [text("<p>Since 1932</p>")]
    assert "Since 1932" in text_of(page.make_preview_request())
    assert "Since 1931" in text_of(client.get("/about-us/"))
    front = home("id")
    front.headline = "Belum"
    answer = front.make_preview_request()
    assert "Belum" in text_of(answer)
    assert '<html lang="id"' in answer.content.decode()
    assert "Belum" not in text_of(client.get("/id/"))


def test_a_store_says_more_in_the_readers_language(client):
    front = StoreFront.objects.create(store=make_store("menteng"))
    versions = [{"language": code, "body": [note(f"<p>Bench, {code}</p>")]} for code in ("id", "en")]
    front.body = [block("version", version) for version in versions]
    front.save()
    assert front.body[0].value["language"] == "id"
    from instore.stores.known import known_stores
    from shop.storefront.memory import Edition
    from shop.storefront.stores import store_page

    request = RequestFactory().get("/stores/menteng/")
    page = store_page(known_stores()["menteng"], request, Edition(None))
    assert [shown.html for shown in page.blocks] == ["<p>Bench, en</p>"]
    front.words = "Not saved yet"
    assert "Not saved yet" in text_of(front.make_preview_request())


def test_wagtails_search_finds_pages_by_what_is_written_in_them():
    write("About us", text("<p>A bench from nineteen thirty-one</p>"))
    write("Delivery", text("<p>A parcel</p>"), intro="By courier")
    assert [page.title for page in ContentPage.objects.live().search("bench")] == ["About us"]
    assert [page.title for page in Page.objects.live().search("courier")] == ["Delivery"]


def test_an_editor_opens_the_form_of_every_page_and_snippet(client):
    client.force_login(get_user_model().objects.create_superuser(email="ayu@langkah.example", password="x"))
    page = write("About us", row(make_product("Tee")), text("<p>Since 1931</p>"))
    for path in (f"pages/{page.pk}/edit/", f"pages/{home().pk}/edit/", f"pages/{campaign().pk}/edit/"):
        assert client.get(f"/cms/{path}").status_code == 200
    for name in ("header", "footer", "notice", "storefront"):
        assert client.get(f"/cms/snippets/shop/{name}/add/").status_code == 200


def test_a_page_asks_the_same_for_one_row_of_products_as_for_five(client, django_assert_max_num_queries):
    make_store("menteng")
    client.cookies["lintas_store"] = "menteng"
    ids = make_products(40)
    goods = type(make_product("Tee")).objects.filter(pk__in=ids)
    counts = []
    for number, rows in ((1, 1), (2, 5)):
        write(f"Page {number}", *(row(*goods[start * 8 : start * 8 + 8]) for start in range(rows)))
        client.get(f"/page-{number}/")
        with django_assert_max_num_queries(14) as asked:
            assert client.get(f"/page-{number}/").content.decode().count('class="card"') == 8 * rows
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_seen_asks_ten_times_at_most(client, django_assert_max_num_queries):
    products = [make_product(f"Tee {number}") for number in range(20)]
    write("Page", *(row(*products[start * 4 : start * 4 + 4]) for start in range(5)))
    client.get("/page/")
    with django_assert_max_num_queries(10):
        assert client.get("/page/").content.decode().count('class="card"') == 20
