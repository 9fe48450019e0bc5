"""An editor looks for a product."""

import pytest
from django.contrib.auth import get_user_model

from omni_sync.catalogue.identify import set_gtins
from omni_sync.oscar.models import Category
from tests.instore.places import make_product, make_store, put

pytestmark = pytest.mark.django_db
PRODUCTS = "/cms/shop/products/"


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser(email="ayu@langkah.example", password="x"))
    return client


@pytest.fixture
def tee():
    style = make_product("Kawan tee", structure="parent")
    size = make_product("Kawan tee, M", parent=style, size="M")
    put(size, make_store("menteng").partner, 3, sku="LK-TEE-M")
    set_gtins(product=size, values=["9521234543213"])
    make_product("Cap")
    return style


def found(editor, wanted):
    page = editor.get(f"{PRODUCTS}results/", {"q": wanted}).content.decode()
    return [name for name in ("Kawan tee", "Cap") if name in page]


def test_the_window_shows_products_but_not_their_sizes(editor, tee):
    page = editor.get(PRODUCTS).json()["html"]
    assert "Kawan tee" in page
    assert "Kawan tee, M" not in page
    assert "Name, SKU or GTIN" in page


@pytest.mark.parametrize("wanted", ["tee", "TEE kaw", "lk-tee-m", "9521234543213", "09521234543213"])
def test_a_product_is_found_by_words_by_sku_and_by_gtin(editor, tee, wanted):
    assert found(editor, wanted) == ["Kawan tee"]


def test_nothing_is_found_for_what_nothing_is_called(editor, tee):
    assert found(editor, "umbrella") == []
    assert found(editor, "") == ["Kawan tee", "Cap"]


def test_what_was_chosen_is_handed_to_the_form(editor, tee):
    answer = editor.get(f"{PRODUCTS}chosen/{tee.pk}/").json()
    assert answer["step"] == "chosen"
    assert answer["result"] == {**answer["result"], "id": str(tee.pk), "title": "Kawan tee"}


def test_a_category_is_chosen_too(editor):
    Category.add_root(name="Shoes")
    assert "Shoes" in editor.get("/cms/shop/categories/").json()["html"]


def test_nobody_else_chooses(client, tee):
    assert client.get(PRODUCTS).status_code == 302
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example"))
    assert client.get(PRODUCTS).status_code == 302
