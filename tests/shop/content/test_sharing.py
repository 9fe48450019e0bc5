"""What every page says of itself to other sites, and the ways around it."""

import re

import pytest

from tests.instore.places import make_product, make_store

pytestmark = pytest.mark.django_db


def head_of(response):
    return response.content.decode().partition("</head>")[0]


def test_a_page_names_its_one_address_and_itself_in_every_language(client):
    head = head_of(client.get("/id/stores/?page=1"))
    assert '<link rel="canonical" href="http://testserver/id/stores/">' in head
    assert dict(re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', head)) == {
        "en": "http://testserver/stores/",
        "id": "http://testserver/id/stores/",
        "x-default": "http://testserver/stores/",
    }
    assert '<meta property="og:locale" content="id_ID">' in head
    assert '<meta property="og:locale:alternate" content="en_US">' in head


def test_a_page_is_shared_under_its_title_and_its_description(client):
    make_store("menteng")
    head = head_of(client.get("/stores/menteng/"))
    title = re.search("<title>(.*)</title>", head)[1]
    assert title.startswith("Menteng, Jakarta")
    assert f'<meta property="og:title" content="{title}">' in head
    assert re.search(r'<meta property="og:description" content="[^"]*Menteng', head)
    assert '<meta property="og:url" content="http://testserver/stores/menteng/">' in head


def test_words_with_quotes_stay_inside_their_attribute(client):
    product = make_product('The "big" <b>tee</b>')
    head = head_of(client.get(product.get_absolute_url()))
    assert 'content="The &quot;big&quot; &lt;b&gt;tee&lt;/b&gt;' in head


def test_every_way_of_the_header_is_behind_the_button_of_a_phone_too(client):
    page = client.get("/").content.decode()
    wide = re.search(r'<nav class="site-nav".*?</nav>', page, re.DOTALL)[0]
    narrow = re.search(r'<details class="site-menu">.*?</details>', page, re.DOTALL)[0]
    ways = re.findall(r'<a href="([^"]+)"', wide)
    assert "/stores/" in ways
    assert re.findall(r'<a href="([^"]+)"', narrow) == ways
