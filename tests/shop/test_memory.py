"""What a process remembers of the catalogue is never older than the catalogue, and nobody's own."""

import threading

import pytest
import redis
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import RequestFactory
from oscar.core.loading import get_model
from PIL import Image

from omni_sync.oscar.models import Category, Product
from shop.storefront import memory, pictures, seen
from shop.storefront.memory import Edition, Memory, edition_of
from tests.instore.places import make_product, make_store, put
from tests.shop.pages import text_of


def version():
    return edition_of(RequestFactory().get("/")).version


def test_the_same_edition_is_read_once_and_the_next_anew():
    reads = []
    remembered = Memory(lambda key: reads.append(key) or len(reads))
    assert [remembered.get("a", Edition(1)), remembered.get("a", Edition(1)), remembered.get("b", Edition(1))] == [
        1,
        1,
        2,
    ]
    assert remembered.get("a", Edition(2)) == 3


def test_only_the_last_ones_are_kept():
    reads = []
    remembered = Memory(reads.append, most=2)
    for key in "abca":
        remembered.get(key, Edition(1))
    assert reads == ["a", "b", "c", "a"]


@pytest.mark.django_db
def test_nothing_is_remembered_inside_a_transaction():
    assert version() is None


def save_and_roll_back(product):
    with transaction.atomic():
        product.save()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_an_edit_is_on_the_page_at_once_and_one_that_was_rolled_back_never(client):
    product = make_product("Old name")
    put(product, make_store("menteng").partner, 3)
    url = product.get_absolute_url()
    assert "Old name" in text_of(client.get(url))
    Product.objects.get(pk=product.pk).categories.add(Category.add_root(name="Shoes"))
    assert "Shoes" in text_of(client.get(url))
    product.title = "New name"
    product.save()
    assert "New name" in text_of(client.get(url))
    before = version()
    product.title = "Never"
    save_and_roll_back(product)
    assert version() == before
    product.stockrecords.update(price=99000)
    assert "Rp99,000" in text_of(client.get(url))
    with transaction.atomic():
        save_and_roll_back(product)
        product.save()
    assert version() == before + 1


@pytest.mark.django_db
def test_pages_are_right_while_valkey_is_away(client, settings, monkeypatch):
    def gone(*_, **__):
        raise redis.ConnectionError("nobody listens")

    for name in ("get", "set", "add", "get_many", "set_many", "incr", "delete"):
        monkeypatch.setattr(caches["default"].__class__, name, gone)
    shoes = Category.add_root(name="Shoes").add_child(name="Sandals")
    product = make_product("Tee")
    product.categories.add(shoes)
    put(product, make_store("menteng").partner, 3)
    for path in ("/", "/catalogue/", product.get_absolute_url(), "/stores/", "/stores/menteng/"):
        assert client.get(path).status_code == 200
    assert "/catalogue/category/shoes/sandals_" in client.get(product.get_absolute_url()).content.decode()


def picture_file(name, width=1000, height=1250):
    made = ContentFile(b"")
    Image.new("RGB", (width, height), "teal").save(made, "PNG")
    return default_storage.save(name, ContentFile(made.file.getvalue()))


@pytest.mark.django_db(transaction=True)
def test_an_uploaded_picture_is_given_the_widths_that_pages_ask_for(client):
    product = make_product("Tee")
    name = picture_file("tee.png")
    get_model("catalogue", "ProductImage").objects.create(product=product, original=name)
    page = client.get(product.get_absolute_url()).content.decode()
    assert f"{default_storage.url(pictures.beside(name, 400))} 400w" in page
    assert f"{default_storage.url(pictures.beside(name, 800))} 800w" in page
    assert "1200w" not in page  # wider than it is
    with Image.open(default_storage.open(pictures.beside(name, 400))) as small:
        assert (small.size, small.format) == ((400, 500), "WEBP")


def test_a_picture_with_one_width_is_shown_as_it_is_and_one_that_is_gone_is_none():
    name = picture_file("small.png", 300, 200)
    found = pictures.read_picture(name)
    assert (found.src, found.srcset, found.width, found.height) == (default_storage.url(name), "", 300, 200)
    assert pictures.read_picture("nowhere.png") is None
    assert pictures.read_picture(default_storage.save("words.png", ContentFile(b"no picture"))) is None
    assert pictures.make_widths("nowhere.png") == []


@pytest.mark.django_db
def test_looks_are_counted_together_and_remembered_with_the_visitor(client, django_user_model):
    product, gone = make_product("Tee"), make_product("Gone")
    user = django_user_model.objects.create_user(email="budi@langkah.example")
    for _ in range(2):
        client.get(product.get_absolute_url())
    client.force_login(user)
    answer = client.get(product.get_absolute_url())
    assert str(product.pk) in answer.cookies["oscar_history"].value
    client.get(gone.get_absolute_url())
    gone.delete()
    seen.write_looks()
    record = get_model("analytics", "ProductRecord").objects.get()
    assert (record.product_id, record.num_views) == (product.pk, 3)
    assert get_model("analytics", "UserRecord").objects.get().user == user
    assert get_model("analytics", "UserProductView").objects.get().product == product


@pytest.mark.django_db(transaction=True)
def test_looks_are_written_by_themselves_after_a_while(client, settings, monkeypatch):
    product = make_product("Tee")
    settings.SHOP_WRITES_LOOKS = True
    monkeypatch.setattr(seen, "SECONDS", 0.0)
    client.get(product.get_absolute_url())
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()
    assert get_model("analytics", "ProductRecord").objects.get().num_views == 1


@pytest.mark.django_db
def test_the_page_of_an_error_asks_nothing(client, monkeypatch):
    def no_database(*_, **__):
        raise ConnectionError("no database")

    client.raise_request_exception = False
    monkeypatch.setattr(memory, "_read_version", no_database)
    monkeypatch.setattr("shop.storefront.views.edition_of", no_database)
    with connection.execute_wrapper(no_database):
        answer = client.get("/catalogue/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
