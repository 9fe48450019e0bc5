"""What a visitor sees: goods of the shop, a product with what is here and elsewhere, and their list."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kiosk.station import visit
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.oscar.models import ProductImage, StockRecord
from tests.e2e.looks import misshapen
from tests.instore.places import make_product, make_store, put
from tests.instore.tablets import read
from tests.kiosk.station.conftest import GTIN, kiosk_of, listed

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def read_by(queries):
    """Those that read: the last touch is written down every few seconds only."""
    return [query for query in queries if not query.startswith(("UPDATE", "SAVEPOINT", "RELEASE"))]


def asked(kiosk, path):
    """What a page asks the database; not that it was touched, which is noted every few seconds."""
    kiosk.get(path)
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as captured:
        patch.setattr(visit, "NOTED_EVERY", visit.STILL_FOR)
        answer = kiosk.get(path)
    return answer, [query["sql"] for query in captured]


def test_the_waiting_screen_says_what_to_do_in_both_languages(waiting):
    answer = waiting.get("/kiosk/")
    said = read(answer)
    assert all(words in said for words in ("Scan or touch", "English", "Indonesia", "Kawan tee", "Menteng"))
    assert "Jalan shoe" not in said  # only Dago has it
    assert "data-waiting" in answer.content.decode()


def test_who_is_in_the_middle_of_it_goes_on(kiosk):
    assert kiosk.get("/kiosk/").url == "/kiosk/start/"
    assert "Clothes" in read(kiosk.get("/kiosk/start/"))


def test_a_product_by_its_gtin_says_price_size_and_place(shop, kiosk):
    said = read(kiosk.get(f"/kiosk/product/{GTIN}/"))
    assert all(words in said for words in ("Kawan tee", "Rp149,000", "It stands at A-12", "5 in stock"))
    assert "M 5" in said
    assert "L none" in said


def test_what_it_costs_here_is_said_wherever_it_is_shown(shop, kiosk, waiting):
    StockRecord.objects.filter(partner=shop.store.partner).update(price=199000)
    kiosk.post(f"/kiosk/product/{shop.m.pk}/list/")
    pages = ("/kiosk/start/", "/kiosk/search/?q=tee", f"/kiosk/product/{shop.m.pk}/", "/kiosk/list/")
    said = {page: read(kiosk.get(page)) for page in pages}
    kiosk.post("/kiosk/done/")
    said["/kiosk/"] = read(kiosk.get("/kiosk/"))
    assert [page for page in said if "Rp199,000" not in said[page] or "Rp149,000" in said[page]] == []
    elsewhere = kiosk_of(shop.dago, name="Dago's")
    elsewhere.post("/kiosk/begin/", {"language": "en"})
    assert "from" not in read(elsewhere.get("/kiosk/search/?q=tee"))


def test_what_only_another_shop_has_costs_what_it_does_there(shop, kiosk):
    kiosk.post(f"/kiosk/product/{shop.shoe.pk}/list/")
    assert "Rp499,000" in read(kiosk.get("/kiosk/list/"))


def test_a_style_waits_for_a_size_to_be_chosen(shop, kiosk):
    page = f"/kiosk/product/{shop.tee.pk}/"
    assert "Bring it to me" not in read(kiosk.get(page))
    assert "Choose a size first." in read(kiosk.post(f"{page}list/"), status=422)
    assert listed(kiosk) == []


def test_other_shops_are_named_with_what_they_promise(shop, kiosk):
    said = read(kiosk.get(f"/kiosk/product/{shop.l.pk}/"))
    assert "None here now" in said
    assert "Dago" in said
    assert "Reserve there" in said


def test_a_size_that_was_chosen_is_chosen_again(shop, kiosk):
    kiosk.get(f"/kiosk/product/{shop.l.pk}/")
    said = read(kiosk.get(f"/kiosk/product/{shop.tee.pk}/"))
    assert "None here now" in said
    assert "In my size (L)" in read(kiosk.get("/kiosk/search/"))


def test_what_the_shop_does_not_show_is_not_found(shop, kiosk):
    shop.m.is_public = False
    shop.m.save()
    for number in (shop.m.pk, GTIN, 999_999, "09521234500018"):
        assert "We don't find it" in read(kiosk.get(f"/kiosk/product/{number}/"), status=404)


def test_a_search_forgives_typing_errors_and_says_so(kiosk):
    said = read(kiosk.get("/kiosk/search/?q=kawn+tee"))
    assert "Kawan tee" in said
    assert "Showing what we found for" in said
    assert "Nothing like that" in read(kiosk.get("/kiosk/search/?q=zzxxqq"))
    for odd in ("%00", "%25", "'%22;--", "a" * 300):
        assert kiosk.get(f"/kiosk/search/?q={odd}&category=x&page=-1&here=1&mine=1").status_code == 200


def test_only_what_is_here_and_of_one_kind(shop, kiosk):
    assert "Jalan shoe" in read(kiosk.get("/kiosk/search/"))
    assert "Jalan shoe" not in read(kiosk.get("/kiosk/search/?here=1"))
    assert "Jalan shoe" not in read(kiosk.get(f"/kiosk/search/?category={shop.kind.pk}"))


def test_the_list_counts_and_lets_go(shop, kiosk):
    for product in (shop.m, shop.m, shop.shoe):
        kiosk.post(f"/kiosk/product/{product.pk}/list/")
    assert listed(kiosk) == [("Kawan tee", 1), ("Jalan shoe", 1)]
    for quantity in ("3", "x", "-1", "9" * 30):
        kiosk.post(f"/kiosk/list/{shop.m.pk}/", {"quantity": quantity})
    assert listed(kiosk) == [("Kawan tee", 3), ("Jalan shoe", 1)]
    kiosk.post(f"/kiosk/list/{shop.m.pk}/", {"quantity": "100000"})
    kiosk.post(f"/kiosk/list/{shop.shoe.pk}/", {"quantity": "0"})
    assert listed(kiosk) == [("Kawan tee", 99)]
    assert "Show my list" in read(kiosk.get(f"/kiosk/product/{shop.m.pk}/"))


def test_pages_are_whole(shop, kiosk):
    kiosk.post(f"/kiosk/product/{shop.m.pk}/list/")
    product = f"product/{shop.m.pk}/"
    for path in ("start/", "search/", "search/?q=tee", product, "list/", "list/letter/", "ask/", "nothing/"):
        html = kiosk.get(f"/kiosk/{path}").content.decode()
        if path != "nothing/":
            assert list(misshapen(html)) == [], path


def test_the_list_asks_the_same_however_long_it_is(shop, kiosk):
    kiosk.post(f"/kiosk/product/{shop.m.pk}/list/")
    _, few = asked(kiosk, "/kiosk/list/")
    for number in range(49):
        product = make_product(f"Sock {number}")
        put(product, shop.store.partner, 3, sku=f"SOCK-{number}")
        kiosk.post(f"/kiosk/product/{product.pk}/list/")
    answer, many = asked(kiosk, "/kiosk/list/")
    assert "Sock 48" in read(answer)
    assert len(many) <= MOST_QUERIES, "\n".join(many)
    assert len(read_by(few)) == len(read_by(many)), "\n".join(many)


def test_a_product_asks_the_same_however_many_stores_and_sizes(shop, kiosk):
    page = f"/kiosk/product/{shop.m.pk}/"
    _, few = asked(kiosk, page)
    for number in range(49):
        store = make_store(f"store-{number}")
        put(shop.m, store.partner, 1, sku=f"M-{number}")
        put(make_product("", parent=shop.tee, size=f"{30 + number}"), store.partner, 1, sku=f"S-{number}")
    rebuild_entries()
    answer, many = asked(kiosk, page)
    assert "Store-1" in read(answer)
    assert len(many) <= MOST_QUERIES, "\n".join(many)
    assert len(read_by(few)) == len(read_by(many)), "\n".join(many)


def test_a_search_asks_the_same_however_much_is_found(shop, kiosk):
    _, few = asked(kiosk, "/kiosk/search/?q=tee&here=1")
    for number in range(49):
        product = make_product(f"Tee {number}")
        put(product, shop.store.partner, 3, sku=f"TEE-{number}")
        image = ContentFile(b"")
        Image.new("RGB", (8, 8)).save(image, "PNG")
        name = default_storage.save(f"tee-{number}.png", image)
        ProductImage.objects.create(product=product, original=name)
    rebuild_entries()
    kiosk.get("/kiosk/search/?q=tee&here=1")  # its pictures are made smaller once
    answer, many = asked(kiosk, "/kiosk/search/?q=tee&here=1")
    assert "More" in read(answer)
    assert max(len(few), len(many)) <= MOST_QUERIES, "\n".join(many)
    assert len(read_by(many)) <= len(read_by(few)), "\n".join(many)
