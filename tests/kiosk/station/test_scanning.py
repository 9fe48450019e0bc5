"""What is scanned opens its page; two symbols of one article are one scan; a phone's basket comes as a copy."""

import pytest
from django.test import Client

from kiosk.links.later import later
from kiosk.links.models import Scan
from kiosk.station import visit
from omni_sync.carts.handoff.models import HandOff
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.oscar.models import Basket, BasketLine
from tests.instore.places import make_product, put
from tests.instore.tablet.frames import Symbol, jpeg, seen
from tests.instore.tablets import make_device, read, tablet_of
from tests.kiosk.station.conftest import GTIN, listed

pytestmark = pytest.mark.django_db
EAN = GTIN[1:]


def scan(kiosk, said):
    return kiosk.post("/kiosk/scan/", {"said": said})


@pytest.mark.parametrize(
    "said",
    [EAN, f"]E0{EAN}", f"]d2\x1d01{GTIN}10L1\x1d21S1", f"]d2\u241d01{GTIN}", f"(01){GTIN}(17)271231",
     f"https://shop.example/01/{GTIN}?s=menteng", f"HTTPS://SHOP.EXAMPLE/S/MENTENG/01/{GTIN}"],
)  # fmt: skip
def test_whatever_the_symbol_it_is_the_article(waiting, said):
    answer = scan(waiting, said)
    assert answer.url == f"/kiosk/product/{GTIN}/"
    assert "Kawan tee" in read(waiting.get(answer.url))


def test_a_sku_of_this_shop_is_the_article(shop, waiting):
    assert scan(waiting, "tee-m").url == f"/kiosk/product/{shop.m.pk}/"
    assert scan(waiting, "SHOE").status_code == 404  # Dago's


@pytest.mark.parametrize("said", ["4006381333931", "]E04006381333931", "04006381333931"])
def test_a_sku_that_looks_like_a_gtin_is_the_article(shop, waiting, said):
    sock, bag = make_product("Sock"), make_product("Bag")
    put(sock, shop.store.partner, 2, sku="4006381333931")
    put(bag, shop.store.partner, 2, sku=EAN)
    rebuild_entries()
    assert scan(waiting, said).url == f"/kiosk/product/{sock.pk}/"
    assert scan(waiting, EAN).url == f"/kiosk/product/{GTIN}/"  # whose GTIN it is goes first


@pytest.mark.parametrize(
    "said", ["", "nonsense", "9521234543214", "\x00", "]d2", "(01)", "https://x/h/k/abc", "é" * 900]
)
def test_nonsense_is_answered_kindly(waiting, said):
    assert "We don't find it" in read(scan(waiting, said), status=404)


@pytest.mark.django_db(transaction=True)
def test_a_linear_and_a_2d_read_of_one_article_are_counted_once(shop, kiosk, clock):
    for said in (EAN, f"]d2\x1d01{GTIN}", "tee-l"):
        scan(kiosk, said)
    later.settle()
    counted = Scan.objects.order_by("pk").values_list("product", "store", "channel", "place")
    assert list(counted) == [(product.pk, shop.store.pk, "kiosk", "A-12") for product in (shop.m, shop.l)]
    for _ in range(2):
        clock.pass_by(2)
        scan(kiosk, EAN)
    later.settle()
    assert Scan.objects.count() == 4


def test_a_frame_is_read_for_a_kiosk_alone(shop, waiting):
    picture = jpeg(seen(EAN, Symbol.EAN13))
    answer = waiting.post("/kiosk/frame/", picture, content_type="image/jpeg")
    assert answer.content.decode() == EAN
    assert visit.KEY not in waiting.session  # a camera that looks around is nobody
    tablet = tablet_of(make_device(shop.store)[1])
    assert tablet.post("/kiosk/frame/", picture, content_type="image/jpeg").status_code == 403
    assert Client().post("/kiosk/frame/", picture, content_type="image/jpeg").status_code == 401


@pytest.fixture
def basket_of_a_phone(shop):
    """A browser of nobody's account with two tees in its basket, and the link of its QR."""
    device = Client()
    device.post(f"/basket/add/{shop.m.pk}/", {"quantity": 2})
    device.post("/h/give/")
    from omni_sync.seal import unseal

    token = unseal(device.session["hand_off_given"]["sealed"].encode()).split()[0]
    return device, f"https://shop.example/h/{token}/"


def test_the_basket_of_a_phone_is_shown_and_then_copied(shop, waiting, basket_of_a_phone):
    _, link = basket_of_a_phone
    before = Basket.objects.count()
    assert scan(waiting, link).url == "/kiosk/receive/"
    assert "Kawan tee" in read(waiting.get("/kiosk/receive/"))
    assert HandOff.objects.get().taken_at is None
    assert waiting.post("/kiosk/receive/", {"choice": "both"}).url == "/kiosk/list/"
    assert listed(waiting) == [("Kawan tee", 2)]
    assert BasketLine.objects.get().quantity == 2  # the phone's own
    assert Basket.objects.count() == before
    assert "Nothing to show" in read(scan(waiting, link), status=410)
    assert waiting.post("/kiosk/receive/", {"choice": "both"}).url == "/kiosk/list/"


def test_it_may_take_the_place_of_the_list(shop, kiosk, basket_of_a_phone):
    kiosk.post(f"/kiosk/product/{shop.shoe.pk}/list/")
    scan(kiosk, basket_of_a_phone[1])
    assert "Instead of my list" in read(kiosk.get("/kiosk/receive/"))
    kiosk.post("/kiosk/receive/", {"choice": "nonsense"})
    assert listed(kiosk) == [("Jalan shoe", 1)]
    kiosk.post("/kiosk/receive/", {"choice": "theirs"})
    assert listed(kiosk) == [("Kawan tee", 2)]


def test_what_was_taken_elsewhere_meanwhile_is_said(kiosk, basket_of_a_phone):
    scan(kiosk, basket_of_a_phone[1])
    HandOff.objects.update(until="2026-01-01T00:00Z")
    assert "too old" in read(kiosk.post("/kiosk/receive/", {"choice": "both"}), status=410)
    assert listed(kiosk) == []
