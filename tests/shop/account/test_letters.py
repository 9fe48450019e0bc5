"""Letters say what happened in plain words and both languages, and every link in them is whole."""

import re

import pytest
from django.core import mail
from django.utils import translation
from oscar.apps.order.utils import OrderDispatcher
from oscar.core.loading import get_model

from omni_sync.oscar.models import ProductAlert
from tests.instore.places import make_product
from tests.shop.account.conftest import PASSWORD
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.BASE_URL = "https://shop.example"
    settings.OSCAR_SHOP_NAME = "Langkah"


def both(letter):
    """Its text and its HTML; whatever they link to is a whole address of ours."""
    html = letter.alternatives[0][0]
    links = [*re.findall(r"\S+://\S+", letter.body), *re.findall(r'href="([^"]+)"', html)]
    assert links
    assert all(link.startswith("https://shop.example/") for link in links)
    assert "Oscar" not in letter.subject + letter.body + html
    return letter.body, html


def test_a_new_password_is_asked_for_chosen_and_works_once(client, budi):
    assert client.post("/password-reset/", {"email": budi.email})["Location"] == "/password-reset/done/"
    text, html = both(mail.outbox[0])
    assert mail.outbox[0].subject == "A new password at Langkah"
    assert "Hello Budi," in text
    path = re.search(r"https://shop\.example(/password-reset/confirm/\S+)", text)[1]
    assert path in html
    assert "Look into your mail" in text_of(client.get("/password-reset/done/"))
    door = client.get(path)["Location"]
    assert "Choose a new password" in text_of(client.get(door))
    assert "Something needs another look" in text_of(client.post(door, {"new_password1": "a", "new_password2": "b"}))
    new = {"new_password1": "sepatu-baru-lagi", "new_password2": "sepatu-baru-lagi"}
    assert client.post(door, new)["Location"] == "/password-reset/complete/"
    assert "Your password is saved" in text_of(client.get("/password-reset/complete/"))
    budi.refresh_from_db()
    assert budi.check_password("sepatu-baru-lagi")
    assert "This link no longer works" in text_of(client.get(path))


def test_nobody_learns_who_has_an_account(client):
    assert client.post("/password-reset/", {"email": "x@nobody.example"})["Location"] == "/password-reset/done/"
    assert mail.outbox == []


def test_somebody_signed_in_needs_no_new_password(member):
    assert "You are signed in" in text_of(member.get("/password-reset/"))


def test_another_password_is_told_of(member, budi):
    form = {"old_password": PASSWORD, "new_password1": "sepatu-baru-lagi", "new_password2": "sepatu-baru-lagi"}
    assert member.post("/accounts/change-password/", form).status_code == 302
    assert "Your password at Langkah was changed just now." in both(mail.outbox[0])[0]


def test_another_address_needs_the_password_and_is_told_to_the_old_one(member, budi):
    form = {"first_name": "Budi", "last_name": "", "email": "baru@langkah.example"}
    assert "Enter your password" in text_of(member.post("/accounts/profile/edit/", form))
    assert member.post("/accounts/profile/edit/", {**form, "password": PASSWORD}).status_code == 302
    budi.refresh_from_db()
    assert budi.email == "baru@langkah.example"
    assert mail.outbox[0].to == ["budi@langkah.example"]
    assert "now belongs to the address baru@langkah.example" in both(mail.outbox[0])[0]


def test_a_name_is_changed_without_a_password(member, budi):
    form = {"first_name": "Boedi", "last_name": "S", "email": budi.email}
    assert member.post("/accounts/profile/edit/", form).status_code == 302
    budi.refresh_from_db()
    assert budi.get_full_name() == "Boedi S"


def test_an_order_is_confirmed_with_what_is_in_it(budi, ordered):
    order = ordered(budi, titles=("Tee", "Cap"))
    path = f"/accounts/orders/{order.number}/"
    OrderDispatcher().send_order_placed_email_for_user(order, {"order": order, "user": budi, "status_path": path})
    text, html = both(mail.outbox[0])
    assert "Tee: Rp149,000" in text
    assert "Total: Rp298,000" in text
    assert "https://shop.example/accounts/orders/100001/" in text
    assert "Rp298,000" in html


def test_letters_speak_the_language_of_the_page(client, budi):
    with translation.override("id"):
        client.post("/id/password-reset/", {"email": budi.email})
    assert "https://shop.example/id/password-reset/confirm/" in mail.outbox[0].body


def test_a_guest_is_asked_by_letter_and_a_link_alone_changes_nothing(client):
    product = make_product("Tee & <b>co</b>")
    client.post(f"/accounts/alerts/create/{product.pk}/", {"email": "tamu@langkah.example"})
    alert = ProductAlert.objects.get()
    text, html = both(mail.outbox[0])
    assert "Tee & <b>co</b>" in text
    assert "<b>co</b>" not in html
    confirm, cancel = alert.get_confirm_url(), alert.get_cancel_url()
    assert f"https://shop.example{confirm}" in text
    assert "Shall we tell you" in text_of(client.get(confirm))
    alert.refresh_from_db()
    assert alert.status == ProductAlert.UNCONFIRMED
    client.post(confirm)
    alert.refresh_from_db()
    assert alert.status == ProductAlert.ACTIVE
    assert "No longer wait for it?" in text_of(client.get(cancel))
    assert client.post(f"{cancel}?next=https://elsewhere.example/")["Location"] == product.get_absolute_url()
    alert.refresh_from_db()
    assert alert.status == ProductAlert.CANCELLED


def test_an_address_that_is_none_is_said_on_a_page_of_ours(client):
    product = make_product("Tee")
    words = text_of(client.post(f"/accounts/alerts/create/{product.pk}/", {"email": "nonsense"}))
    assert "Something needs another look" in words
    assert "Tee" in words
    assert "Tell me when it is back" in text_of(client.get(f"/accounts/alerts/create/{product.pk}/"))


def test_old_letters_are_read_by_their_owner_without_the_keys_in_them(member, budi, sari):
    Email = get_model("communication", "Email")
    body = "Hello\n\nhttps://shop.example/password-reset/confirm/AB/cd-ef/\n\n<b>Bye</b>"
    mine = Email.objects.create(user=budi, email=budi.email, subject="Mine", body_text=body)
    hers = Email.objects.create(user=sari, email=sari.email, subject="Hers", body_text=body)
    assert "Hers" not in text_of(member.get("/accounts/emails/"))
    page = member.get(f"/accounts/emails/{mine.pk}/").content.decode()
    assert "cd-ef" not in page
    assert "&lt;b&gt;Bye" in page
    assert member.get(f"/accounts/emails/{hers.pk}/").status_code == 404
