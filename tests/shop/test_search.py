import pytest
from django.db import connection

from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.oscar.models import Category
from shop.models import HomePage
from tests.instore.places import make_product, make_store, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods():
    """One of each kind; the titles are the demo's, which a message catalogue translates."""
    shoes = Category.add_root(name="Shoes")
    tee = make_product("Kawan tee, white")
    describe(product=tee, colour="white")
    shirt = make_product("Sore linen shirt, sand")
    runner = make_product("Pelari", structure="parent")
    runner.categories.add(shoes)
    size = make_product("Pelari, 42", parent=runner, gtin="09521234543213")
    describe(product=size, size="42", size_system="EU")
    return {"tee": tee, "shirt": shirt, "runner": runner, "size": size}


def found(client, text, **more):
    return text_of(client.get("/search/", {"q": text, **more}))


@pytest.mark.parametrize("typed", ["kawan", "KAWAN tee", "kaw", "kawn tee", "kwan", "tee kawan", "white"])
def test_a_tee_is_found_however_it_is_typed(client, goods, typed):
    page = found(client, typed)
    assert "Kawan tee" in page
    assert "Pelari" not in page


def test_what_is_wrong_is_said_and_what_was_meant(client, goods):
    assert "so this is what kawan finds" in found(client, "kawwan")
    assert "so this is what" not in found(client, "kawan")


def test_a_products_words_are_found_in_both_languages(client, goods):
    assert "1 product" in found(client, "kemeja linen")
    assert "1 product" in found(client, "linen shirt")


def test_a_category_and_a_size_are_words_too(client, goods):
    assert "Pelari" in found(client, "shoes 42")
    assert "Pelari" in found(client, "shose")


def test_some_of_the_words_are_better_than_nothing(client, goods):
    page = found(client, "kawan shoes")
    assert "Nothing has all of these words." in page
    assert "Kawan tee" in page
    assert "Pelari" in page


@pytest.mark.parametrize("typed", ["9521234543213", "09521234543213", "0 9521234543213", "LK-RUN-42", "lk-run-42"])
def test_a_number_leads_straight_to_its_product(client, goods, typed):
    put(goods["size"], make_store("menteng").partner, 1, sku="LK-RUN-42")
    answer = client.get("/search/", {"q": typed})
    assert answer.status_code == 302
    assert answer["Location"] == goods["size"].get_absolute_url()


def test_a_secret_products_number_leads_nowhere(client):
    secret = make_product("Secret", is_public=False)
    set_gtins(product=secret, values=["09521234543213"])
    answer = client.get("/search/", {"q": "9521234543213"})
    assert answer.status_code == 200
    assert "Secret" not in text_of(answer)


@pytest.mark.parametrize(
    "typed", ["", " ", "'", "a & | ! <-> ':*", "\\", "%", "_", "\x00", "é" * 300, "((", "zzzzqqqq", "1" * 500]
)
def test_whatever_is_typed_is_answered(client, goods, typed):
    assert client.get("/search/", {"q": typed}).status_code == 200
    assert client.get("/search/suggest/", {"q": typed}).status_code == 200


def test_nothing_found_shows_ways_out(client, goods):
    page = found(client, "xyzzyx")
    assert "Nothing was found." in page
    assert "Shoes" in page


def test_results_are_narrowed_down_like_a_shelf(client, goods):
    page = client.get("/search/", {"q": "pelari", "size": "EU-42"}).content.decode()
    assert "1 product" in page
    assert "noindex" in page
    assert "q=pelari" in page


def test_pages_of_the_shop_are_found_below_the_products(client, goods):
    home = HomePage.objects.get(locale__language_code="en")
    home.title = "Returns and exchanges"
    home.save_revision().publish()
    page = found(client, "returns")
    assert "To read" in page
    assert "Returns and exchanges" in page


@pytest.mark.parametrize("typed", ["returning", "exchanged", "Returned exchange"])
@pytest.mark.parametrize(("language", "is_found"), [("english", True), ("simple", False)])
def test_pages_are_found_by_the_forms_of_a_word_that_the_database_knows(client, goods, typed, language, is_found):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('default_text_search_config', %s, true)", [language])
    home = HomePage.objects.get(locale__language_code="en")
    home.title = "Returns and exchanges"
    home.save_revision().publish()
    assert bool(HomePage.objects.live().search(typed, operator="or")) is is_found
    assert ("Returns and exchanges" in found(client, typed)) is is_found


def test_suggestions_begin_as_typed(client, goods):
    html = client.get("/search/suggest/", {"q": "sho"}).content.decode()
    assert "Shoes" in html
    assert "Pelari" in html
    assert "<html" not in html
    assert "Kawan" in client.get("/search/suggest/", {"q": "kaw"}).content.decode()
    assert client.get("/search/suggest/", {"q": "k"}).content.decode().strip() == ""
