"""Links of goods in the back office, and who may write them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from kiosk.links.models import ProductLink, Scan
from tests.instore.places import make_product
from tests.instore.tablets import make_manager, read
from tests.kiosk.links.conftest import GTIN

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/links/"
NEW = {"link_type": "instructions", "title": "Wash", "href": "https://brand.example/wash", "media_type": "text/html"}


@pytest.fixture
def desk(client):
    client.force_login(make_manager())
    return client


@pytest.fixture
def outsiders(client, menteng):
    """Nobody; a customer; somebody of the partner, who may see the dashboard."""
    customer, theirs = (
        get_user_model().objects.create(email=f"{name}@x.example", username=name)
        if hasattr(get_user_model(), "username")
        else get_user_model().objects.create(email=f"{name}@x.example")
        for name in ("ana", "budi")
    )
    theirs.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    menteng.partner.users.add(theirs)
    return [None, customer, theirs]


def test_a_number_of_this_shop_alone_is_said_to_be_in_no_code(desk):
    loose = make_product("Loose rice", gtin="2000000000015")
    page = read(desk.get(f"{PAGE}products/{loose.pk}/"))
    assert "02000000000015" not in page
    assert "for this shop's own tills" in page


def test_nobody_else_gets_in(client, outsiders, rice, say):
    link = say("pip", "https://brand.example/")
    for who in outsiders:
        client.logout()
        if who:
            client.force_login(who)
        for path in (PAGE, f"{PAGE}products/{rice.pk}/", f"{PAGE}{link.pk}/"):
            assert client.get(path).status_code in {302, 403}
            assert client.post(path, NEW).status_code in {302, 403}
        assert client.post(f"{PAGE}{link.pk}/away/").status_code in {302, 403}
    assert [one.title for one in ProductLink.objects.all()] == ["Read"]


def test_a_link_is_written_changed_and_taken_away(desk, rice):
    page = f"{PAGE}products/{rice.pk}/"
    assert desk.post(page, NEW).status_code == 302
    link = ProductLink.objects.get()
    assert (link.product, link.hreflang, link.is_default) == (rice, "", False)
    assert "gs1:instructions Wash https://brand.example/wash all" in read(desk.get(page))
    assert desk.get(f"/01/{GTIN}?linkType=gs1:instructions")["Location"].startswith("https://brand.example/wash")
    assert desk.post(f"{PAGE}{link.pk}/", {**NEW, "href": "/care/", "is_default": "on"}).status_code == 302
    assert "where a scan leads" in read(desk.get(page))
    assert desk.get(f"/01/{GTIN}")["Location"] == "/care/"
    assert desk.get(f"{PAGE}{link.pk}/away/").status_code == 405
    assert desk.post(f"{PAGE}{link.pk}/away/").status_code == 302
    assert desk.post(f"{PAGE}{link.pk}/away/").status_code == 404
    assert desk.get(f"/01/{GTIN}")["Location"] == f"/shelf/{GTIN}/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"href": "javascript:alert(1)"},
        {"href": "//evil.example"},
        {"href": "https://a b"},
        {"link_type": "addToCart"},
        {"hreflang": "english"},
        {"media_type": "x"},
        {"title": ""},
    ],
)
def test_what_is_no_link_is_refused(desk, rice, wrong):
    answer = desk.post(f"{PAGE}products/{rice.pk}/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert not ProductLink.objects.exists()


def test_a_scan_leads_to_one_place_in_each_language(desk, rice, say):
    say("pip", "https://brand.example/", is_default=True)
    page = f"{PAGE}products/{rice.pk}/"
    assert "leads elsewhere already" in read(desk.post(page, {**NEW, "is_default": "on"}), 422)
    assert desk.post(page, {**NEW, "is_default": "on", "hreflang": "id"}).status_code == 302


def test_the_same_is_not_said_twice(desk, rice):
    page = f"{PAGE}products/{rice.pk}/"
    desk.post(page, NEW)
    assert "This link is there already." in read(desk.post(page, NEW), 422)


def test_titles_are_words_only(desk, rice, say):
    say("pip", "https://brand.example/", title="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in desk.get(f"{PAGE}products/{rice.pk}/").content
    answer = desk.get(f"/01/{GTIN}?linkType=linkset", HTTP_ACCEPT="text/html")
    assert b"<script>alert(1)" not in answer.content


def test_goods_are_found_by_name_and_by_whatever_is_scanned(desk, rice):
    make_product("Tee", gtin="09521234500018")
    assert "Risotto" in read(desk.get(PAGE))
    assert "Tee" not in read(desk.get(f"{PAGE}?q=risotto"))
    assert "Tee" in read(desk.get(f"{PAGE}?q=https://x.example/01/09521234500018"))
    assert "Nothing here is called so." in read(desk.get(f"{PAGE}?q=%00zzz"))


def test_scans_of_the_week_are_counted_for_the_style_and_the_shop(desk, menteng):
    style = make_product("Tee", structure="parent")
    size = make_product("", parent=style, gtin="09521234500018")
    for store, place in ((menteng, "A"), (menteng, "B"), (None, "")):
        Scan.objects.create(at=timezone.now(), channel="phone", product=size, store=store, place=place)
    Scan.objects.create(at=timezone.now() - timedelta(days=8), channel="phone", product=size)
    said = read(desk.get(PAGE))
    assert "Menteng 2 2 outside the shops 1 0" in said
    assert "Tee 0 3" in said


def test_the_page_asks_as_much_however_long_it_is(desk, rice, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        desk.get(PAGE)
    for number in range(49):
        make_product(f"Tee {number}")
    with django_assert_max_num_queries(10):
        desk.get(PAGE)


def test_it_is_in_the_menu_of_staff(desk):
    assert PAGE in desk.get("/dashboard/").content.decode()
