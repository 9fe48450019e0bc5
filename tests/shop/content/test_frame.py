"""The header, the footer and notices, as somebody wrote them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from omni_sync.oscar.models import Category
from shop.models import Footer, Header, Notice
from shop.seed.writing.pieces import block, link
from tests.shop.content.pieces import write

pytestmark = pytest.mark.django_db


def make(model, language="en", key=None, **fields):
    locale = Locale.objects.get(language_code=language)
    return model.objects.create(locale=locale, translation_key=key or uuid4(), **fields)


def ways(page, part="site-nav"):
    nav = re.search(rf'class="{part}".*?</(?:nav|footer)>', page.content.decode(), re.DOTALL)[0]
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)<', nav)


def links(*made):
    return [block("link", one) for one in made]


def test_a_header_has_the_links_that_were_written_after_the_categories(client):
    Category.add_root(name="Shoes")
    page = write("About us")
    make(Header, links=links(link(page=page.pk), link("Map", address="https://example.org/"), link(place="stores")))
    shown = ways(client.get("/"))
    assert [name for _, name in shown] == ["Shoes", "About us", "Map", "Shops"]
    assert shown[1:] == [("/about-us/", "About us"), ("https://example.org/", "Map"), ("/stores/", "Shops")]
    Header.objects.update(shows_categories=False)
    assert "Shoes" not in dict(map(reversed, ways(client.get("/"))))


def test_a_reader_of_a_language_without_one_has_the_first_languages_in_theirs(client):
    english = write("About us")
    write("Tentang kami", language="id", key=english.translation_key)
    make(Header, links=links(link(page=english.pk)))
    assert ways(client.get("/id/")) == [("/id/tentang-kami/", "Tentang kami")]
    make(Header, language="id", links=links(link("Toko kami", place="stores")))
    assert ways(client.get("/id/")) == [("/id/stores/", "Toko kami")]
    assert ways(client.get("/")) == [("/about-us/", "About us")]


def test_a_footer_has_columns_and_a_legal_line(client):
    column = {"heading": "Help", "links": [block("item", link("Shops and hours", place="stores"))]}
    make(Footer, words="Shoes.", columns=[block("column", column)], legal="© Langkah", legal_links=links())
    page = client.get("/").content.decode().partition("</main>")[2]
    assert re.search(r"<h2 id=\"foot-1\">Help</h2>.*Shops and hours.*© Langkah", page, re.DOTALL)


def test_one_language_has_one_header(client):
    make(Header)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Header)


def test_a_notice_is_there_in_its_time_only(client):
    now = timezone.now()
    make(Notice, text="Now", starts=now - timedelta(hours=1), ends=now + timedelta(hours=1))
    make(Notice, text="Later", starts=now + timedelta(hours=1))
    make(Notice, text="Earlier", ends=now - timedelta(hours=1))
    page = client.get("/stores/").content.decode()
    assert "<p>Now</p>" in page
    assert "Later" not in page
    assert "Earlier" not in page


def close(client, **headers):
    key = re.search('name="notice" value="([^"]+)"', client.get("/stores/").content.decode())[1]
    return client.post("/notices/close/", {"notice": key, "next": "/stores/?page=1"}, headers=headers)


def test_a_closed_notice_stays_closed_until_it_says_something_else(client):
    notice = make(Notice, text="Free this week")
    answer = close(client)
    assert (answer.status_code, answer.url) == (302, "/stores/?page=1")
    assert "Free this week" not in client.get("/").content.decode()
    notice.text = "Free next week, too"
    notice.save()
    assert "Free next week, too" in client.get("/").content.decode()


def test_an_open_page_takes_the_notice_away_and_nothing_comes_instead(client):
    make(Notice, text="Free this week")
    answer = close(client, hx_request="true")
    assert (answer.status_code, answer.content) == (200, b"")
    assert len(answer.cookies) == 1


def test_what_is_not_closable_or_not_there_is_not_remembered(client):
    make(Notice, text="Stays", is_closable=False)
    assert 'name="notice"' not in client.get("/").content.decode()
    answer = client.post("/notices/close/", {"notice": "1-abc", "next": "https://elsewhere.example/"})
    assert answer.url == "/"
    assert answer.cookies["lintas_closed"].value == ""
    assert client.get("/notices/close/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_saved_piece_of_the_frame_is_on_the_page_at_once(client):
    client.get("/stores/")
    notice = make(Notice, text="Free this week")
    assert "Free this week" in client.get("/stores/").content.decode()
    notice.delete()
    assert "Free this week" not in client.get("/stores/").content.decode()


@pytest.mark.parametrize("model", [Header, Footer, Notice])
def test_every_piece_can_be_previewed_in_its_language(model, client):
    words = {
        Header: {"links": links(link("Belum", place="stores"))},
        Footer: {"legal": "Belum"},
        Notice: {"text": "Belum"},
    }
    piece = model(locale=Locale.objects.get(language_code="id"), **words[model])
    answer = piece.make_preview_request()
    assert answer.status_code == 200
    assert "Belum" in answer.content.decode()
    assert '<html lang="id"' in answer.content.decode()
    assert "Belum" not in client.get("/id/").content.decode()


def test_a_link_has_one_target_and_words():
    from django.core.exceptions import ValidationError

    from shop.content.blocks.links import LinkBlock

    block_ = LinkBlock()
    empty = {"text": "", "page": None, "place": "", "category": None, "address": ""}
    with pytest.raises(ValidationError):
        block_.clean(block_.to_python(empty))
    with pytest.raises(ValidationError):
        block_.clean(block_.to_python(empty | {"place": "stores", "address": "/x/"}))
    with pytest.raises(ValidationError):
        block_.clean(block_.to_python(empty | {"address": "/x/"}))
    with pytest.raises(ValidationError):
        block_.clean(block_.to_python(empty | {"text": "x", "address": "javascript:alert(1)"}))
    assert block_.clean(block_.to_python(empty | {"place": "stores"}))["place"] == "stores"
    assert LinkBlock(required=False).clean(block_.to_python(empty))
