"""The pages of a claim: before the sign-in and after it, in both languages, and nothing for who guesses."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image

from instore.receipts.claims.models import Claim
from instore.receipts.warranty import until
from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Product, ProductClass
from omni_sync.sales.models import Sale
from tests.factories import make_connection, make_record, sale, tell_all, voided
from tests.instore.receipts.homes import CLAIM, make_shop, make_user, sold
from tests.instore.tablet.frames import jpeg, seen
from tests.shop.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
ADD = f"/r/{CLAIM}/claim/"
BUTTON = "Add it to my account"


@pytest.fixture
def store(db):
    return make_shop()


@pytest.fixture
def budi(db):
    return make_user()


@pytest.fixture
def member(client, budi):
    client.force_login(budi)
    return client


def photo_of(text, **how):
    return SimpleUploadedFile("photo.jpg", jpeg(seen(text, **how)), content_type="image/jpeg")


def test_the_receipt_itself_offers_it_and_so_does_the_one_that_has_not_arrived(client, store):
    for _ in range(2):
        shown = client.get(f"/r/{CLAIM}")
        assert BUTTON in text_of(shown)
        assert f'action="{ADD}"' in shown.content.decode()
        if shown.status_code == 404:
            sold(store)
    assert shown.status_code == 200
    assert BUTTON not in text_of(client.get("/r/not-a-token"))


def test_the_receipt_of_what_was_added_is_in_the_account(member, store, client):
    order = sold(store)
    member.post(ADD)
    path = f"/accounts/receipts/{order.number}/"
    assert path in member.get(f"/accounts/orders/{order.number}/").content.decode()
    page = member.get(path)
    assert "R-1" in text_of(page)
    for way_back in (f"/accounts/orders/{order.number}/", "/"):
        assert f'href="{way_back}"' in page.content.decode()
    client.force_login(make_user("sari"))
    assert client.get(path).status_code == 404


def test_a_member_adds_it_with_one_tap_and_stands_before_the_purchase(member, store):
    order = sold(store)
    answer = member.post(ADD, follow=True)
    assert answer.redirect_chain == [(f"/accounts/orders/{order.number}/", 302)]
    words = text_of(answer)
    assert "It is in your account now." in words
    assert "Bought at Menteng" in words
    assert "It is in your account already." in text_of(member.post(ADD, follow=True))


def test_whoever_is_not_signed_in_comes_back_to_it(client, store, budi):
    sold(store)
    answer = client.post(ADD, follow=True)
    assert answer.redirect_chain == [("/r/claim/", 302)]
    words = text_of(answer)
    assert "Bought at Menteng" in words
    assert BUTTON not in words
    assert CLAIM not in answer.content.decode()
    assert "/accounts/login/?next=/r/claim/" in answer.content.decode()
    form = {
        "login-username": budi.email,
        "login-password": "langkah-demi-langkah",
        "login-redirect_url": "/r/claim/",
        "login_submit": "1",
    }
    answer = client.post("/accounts/login/?next=/r/claim/", form, follow=True)
    assert answer.redirect_chain[-1] == ("/r/claim/", 302)
    assert BUTTON in text_of(answer)
    assert not Claim.objects.exists()
    assert "It is in your account now." in text_of(client.post("/r/claim/", follow=True))
    assert Sale.objects.get().person.user == budi


def test_looking_adds_nothing(member, store):
    sold(store)
    assert member.get(ADD).status_code == 405
    assert member.get("/r/claim/").status_code == 200
    assert not Claim.objects.exists()


def test_another_site_cannot_add_its_receipt_to_my_account(member, store):
    sold(store)
    member.post(ADD, headers={"Sec-Fetch-Site": "cross-site"})
    assert not Claim.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("sari"))
    assert strict.post("/r/claim/", {"code": CLAIM}).status_code == 403


@pytest.mark.parametrize(("language", "words"), [("en", "will appear"), ("id", "akan muncul")])
def test_what_has_not_arrived_is_remembered_and_the_page_says_so(client, store, budi, language, words):
    client.post(ADD)
    asked = client.get("/r/claim/", headers={"Accept-Language": language})
    assert asked.headers["Content-Language"] == language
    if language == "en":  # the other language is compiled from all slices together
        assert words in text_of(asked)
    client.force_login(budi)
    client.post(ADD)
    assert "remembered until" in text_of(client.get("/accounts/receipts/"))
    order = sold(store)
    assert order.number in text_of(client.get("/accounts/orders/"))
    assert "remembered until" not in text_of(client.get("/accounts/receipts/"))


@pytest.mark.parametrize(
    ("path", "form"), [(ADD, {}), ("/r/claim/", {"code": CLAIM}), ("/accounts/receipts/", {"code": CLAIM})]
)
def test_every_door_says_what_to_do_where_it_is_refused(member, store, path, form):
    till = make_connection(store.partner)
    sold(store, till=till)
    tell_all(till, voided(store.partner, sale="R-1", at=timezone.now()))
    answer = member.post(path, form)
    assert answer.status_code == 410
    assert "The shop took this sale back" in text_of(answer)
    assert "show the paper in a shop" in text_of(answer)


@pytest.mark.parametrize("path", ["/r/claim/", "/accounts/receipts/"])
def test_a_picture_of_the_qr_is_enough(member, store, path):
    order = sold(store)
    photo = photo_of(f"https://langkah.example/r/{CLAIM}/", size=(3000, 4000))
    answer = member.post(path, {"photo": photo}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/accounts/orders/{order.number}/"


@pytest.mark.parametrize("path", ["/r/claim/", "/accounts/receipts/"])
@pytest.mark.parametrize("of", ["nothing", "another QR", "no picture", "a bomb"])
def test_a_picture_of_something_else_says_how_to_do_better(member, path, of):
    pictures = {
        "nothing": lambda: SimpleUploadedFile("p.jpg", jpeg(Image.new("RGB", (800, 600))), content_type="image/jpeg"),
        "another QR": lambda: photo_of("https://example.com/"),
        "no picture": lambda: SimpleUploadedFile("p.jpg", b"GIF89a" * 100, content_type="image/jpeg"),
        "a bomb": lambda: SimpleUploadedFile("p.jpg", jpeg(Image.new("L", (9000, 9000))), content_type="image/jpeg"),
    }
    answer = member.post(path, {"photo": pictures[of]()})
    assert answer.status_code in {404, 422}
    assert "flat and in good light" in text_of(answer)
    assert not Claim.objects.exists()


def test_whoever_tries_many_waits(member, client):
    for number in range(20):
        assert member.post("/r/claim/", {"code": f"wrong-{number}"}).status_code == 422
    answer = member.post(ADD)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 60
    assert member.post("/accounts/receipts/", {"code": CLAIM}).status_code == 429
    assert not Claim.objects.exists()


def test_it_is_kept_by_no_cache_and_told_to_nobody(client, store):
    sold(store)
    first = client.post(ADD)
    assert first.headers["Referrer-Policy"] == "no-referrer"
    for answer in (first, client.get("/r/claim/")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_an_account_is_needed_for_the_accounts_own_page(client):
    answer = client.get("/id/accounts/receipts/")
    assert answer.headers["Location"] == "/id/accounts/login/?next=/id/accounts/receipts/"


def test_somebody_elses_waiting_receipts_are_on_nobodys_page(client, store):
    client.force_login(make_user("sari"))
    client.post(ADD)
    client.force_login(make_user())
    assert "remembered until" not in text_of(client.get("/accounts/receipts/"))
    assert client.post(ADD).status_code == 409


def test_the_warranty_is_counted_from_the_purchase(member, store):
    kind = ProductClass.objects.get(name="Goods")
    style = Product.objects.create(title="Hujan boots", product_class=kind, structure="parent")
    boots = Product.objects.create(title="Hujan boots, 42", parent=style, structure="child")
    describe(product=boots, size="42", size_system="EU")
    attribute = kind.attributes.create(name="Warranty", code="warranty_months", type="integer")
    attribute.save_value(style, 24)
    make_record(store.partner, product=boots, sku="BOOTS", on_hand=3)
    at = timezone.now() - timedelta(days=40)
    event = sale(store.partner, "R-9", {"BOOTS": 1, "TEE": 1}, claim=CLAIM, at=at)
    tell_all(make_connection(store.partner), event)
    words = text_of(member.post(ADD, follow=True))
    assert words.count("Warranty until") == 1
    last = date_format(until(timezone.localdate(at), 24), "DATE_FORMAT")
    assert f"Warranty until {last}" in words


@pytest.mark.parametrize(
    ("bought", "months", "last"),
    [
        (date(2025, 8, 31), 24, date(2027, 8, 31)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_a_warranty_ends_on_the_same_day_or_the_last_of_the_month(bought, months, last):
    assert until(bought, months) == last


def test_the_way_into_the_account_costs_few_questions(client, member, store, django_assert_max_num_queries):
    sold(store)
    with django_assert_max_num_queries(45):
        member.post(ADD)
    with django_assert_max_num_queries(16):
        member.get("/accounts/receipts/")
    client.logout()
    client.post(ADD)
    with django_assert_max_num_queries(12):
        client.get("/r/claim/")


def test_a_shop_whose_order_page_knows_no_tills_shows_the_receipt(member, store, settings):
    order = sold(store)
    del settings.LINTAS_PURCHASE_PAGE
    answer = member.post(ADD, follow=True)
    assert answer.redirect_chain == [(f"/accounts/receipts/{order.number}/", 302)]
    assert "R-1" in text_of(answer)
