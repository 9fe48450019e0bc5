"""A member's page of messages and data, as they use it, and as others try to."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from omni_sync.oscar.models import Order
from omni_sync.people.models import Consent, Person
from omni_sync.people.sizes.models import FilteredSize
from omni_sync.people.sizes.wearer import is_withdrawn, wearer_of
from omni_sync.people.standing import may
from omni_sync.privacy.carry_out import do_requests
from omni_sync.privacy.models import Packet, PrivacyRequest
from tests.factories import customer, tell_all
from tests.shop.pages import text_of
from tests.shop.privacy.life import PASSWORD, STREET, WHO

pytestmark = pytest.mark.django_db
HERE = "/accounts/privacy/"
FORGET = f"{HERE}forget/"


def other():
    client = Client()
    client.force_login(get_user_model().objects.get(email="budi@example.com"))
    return client


def say(client, state, *, channel="email", purpose="marketing", here=HERE):
    return client.post(f"{here}say/", {"channel": channel, "purpose": purpose, "state": state})


def test_a_member_allows_and_withdraws_with_one_tap_each(sari, client):
    assert "New things and offers by e-mail Not allowed" in text_of(client.get(HERE))
    assert say(client, "granted").url == HERE
    assert "New things and offers by e-mail Allowed" in text_of(client.get(HERE))
    assert may(person_id=sari.person.pk, channel="email", purpose="marketing")
    say(client, "withdrawn")
    assert not may(person_id=sari.person.pk, channel="email", purpose="marketing")
    assert Consent.objects.filter(person=sari.person, channel="email").count() == 4


def test_the_page_says_what_was_said_in_which_words_where_and_when(sari, client):
    words = text_of(client.get(HERE))
    assert "WhatsApp" in words
    assert "Not told. So it never counts as a yes." in words
    assert "Menteng" in words
    assert "version 2026-11" in words


def test_the_page_speaks_indonesian_where_its_address_does(sari, client):
    page = client.get(f"/id{HERE}")
    assert page.headers["Content-Language"] == "id"
    assert "boleh mengabari saya" in text_of(page)
    assert say(client, "granted", here=f"/id{HERE}").url == f"/id{HERE}"
    assert Consent.objects.latest("pk").locale == "id"


def test_what_was_never_offered_nor_said_changes_nothing(sari, client):
    before = Consent.objects.count()
    for channel, purpose in (("email", "selling"), ("pigeon", "marketing"), ("", "")):
        say(client, "granted", channel=channel, purpose=purpose)
    assert Consent.objects.count() == before


@pytest.mark.parametrize("path", ["", "say/", "collect/", "packet/1/", "forget/"])
def test_who_is_not_signed_in_is_asked_to(path, client):
    answer = client.post(HERE + path) if path else client.get(HERE)
    assert (answer.status_code, "/accounts/login/" in answer.url) == (302, True)


@pytest.mark.parametrize("path", ["say/", "collect/", "packet/1/"])
def test_a_look_does_nothing(path, sari, client):
    assert client.get(HERE + path).status_code == 405


def test_a_form_from_elsewhere_is_refused(sari):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sari.user)
    for path in ("say/", "collect/", "forget/"):
        assert strict.post(HERE + path).status_code == 403


def test_data_is_put_together_and_taken(sari, client):
    assert client.post(f"{HERE}collect/").url == f"{HERE}#data"
    client.post(f"{HERE}collect/")
    assert PrivacyRequest.objects.count() == 1
    assert "being put together" in text_of(client.get(HERE))
    do_requests()
    page = client.get(HERE)
    assert "Your file is ready." in text_of(page)
    path = re.search(rf'action="({HERE}packet/\d+/)"', page.content.decode())[1]
    assert other().post(path).status_code == 404
    assert other().post(f"{HERE}packet/999999/").status_code == 404
    answer = client.post(path)
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/zip", "no-store")
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert client.post(path).status_code == 404
    assert "Put my data together" in text_of(client.get(HERE))


def test_an_erasure_says_what_goes_and_stays_and_asks_for_the_password(sari, client):
    words = text_of(client.get(FORGET))
    assert "tax law asks for it" in words
    assert client.post(FORGET, {"password": "nonsense"}).status_code == 422
    assert "This is not your password." in text_of(client.post(FORGET, {}))
    assert not PrivacyRequest.objects.exists()


def test_passwords_are_not_tried_for_ever(sari, client, clean_cache):
    answers = {client.post(FORGET, {"password": "nonsense"}).status_code for _ in range(11)}
    assert answers == {422, 429}


def test_a_member_is_forgotten_and_signed_out(sari, client):
    answer = client.post(FORGET, {"password": PASSWORD}, follow=True)
    assert "Goodbye" in answer.content.decode()
    assert do_requests() == 1
    assert not get_user_model().objects.filter(pk=sari.user.pk).exists()
    assert not Person.objects.filter(pk=sari.person.pk).exists()
    assert not Session.objects.exclude(pk=client.session.session_key).exists()
    assert client.get("/accounts/").status_code == 302


def test_the_old_way_out_leads_here(sari, client):
    assert client.get("/accounts/profile/delete/").url == FORGET
    assert client.get("/id/accounts/profile/delete/").url == f"/id{FORGET}"


def test_an_open_order_is_named_and_the_account_stays(sari, client):
    Order.objects.filter(pk=sari.order.pk).update(status="Pending")
    answer = client.post(FORGET, {"password": PASSWORD})
    assert answer.status_code == 409
    assert f"Order {sari.order.number}" in text_of(answer)
    assert client.get("/accounts/").status_code == 200


def test_staff_are_sent_to_head_office(sari, client):
    get_user_model().objects.filter(pk=sari.user.pk).update(is_staff=True)
    assert client.post(FORGET, {"password": PASSWORD}).status_code == 409


def test_who_has_no_password_signs_in_again_first(sari, client):
    sari.user.set_unusable_password()
    sari.user.save()
    client.force_login(sari.user)
    get_user_model().objects.filter(pk=sari.user.pk).update(last_login=None)
    assert client.post(FORGET).status_code == 422
    client.force_login(get_user_model().objects.get(pk=sari.user.pk))
    assert client.post(FORGET).status_code == 302


def test_the_plugins_own_address_has_the_same_page(sari, client):
    page = client.get("/me/", headers={"Accept-Language": "id"})
    assert page.headers["Content-Language"] == "id"
    assert 'action="/me/say/"' in page.content.decode()
    assert say(client, "granted", here="/me/").url == "/me/"


def test_a_long_history_costs_the_same_questions(sari, client, django_assert_max_num_queries):
    client.get(HERE)
    with django_assert_max_num_queries(25) as few:
        client.get(HERE)
    for _ in range(25):
        say(client, "granted")
        say(client, "withdrawn")
    with django_assert_max_num_queries(25) as many:
        client.get(HERE)
    assert len(many) <= len(few)


def test_links_that_open_nothing_say_nothing(client):
    assert client.get("/data/guessed/").status_code == 404
    assert client.get("/data/take/").status_code == 404
    assert client.post("/data/take/").status_code == 404
    assert not Packet.objects.exists()


def test_sizes_are_learnt_until_it_is_stopped_and_the_page_says_so(sari, client):
    assert "What fits me On until you stop it" in text_of(client.get(HERE))
    assert not is_withdrawn(wearer_of(Q(user=sari.user)))
    say(client, "withdrawn", channel="web", purpose="personalisation")
    assert "What fits me Not allowed" in text_of(client.get(HERE))
    assert is_withdrawn(wearer_of(Q(user=sari.user)))


def test_no_more_of_what_fits_me_counts_for_the_next_page(db):
    budi, browser = get_user_model().objects.create_user("budi@example.com", PASSWORD), Client()
    days = [(timezone.now() - timedelta(days=n)).date() for n in range(4)]
    FilteredSize.objects.bulk_create(FilteredSize(user=budi, size_system="EU", size="42", day=day) for day in days)
    browser.force_login(budi)
    browser.get("/")
    known = []
    for state in ("withdrawn", "granted"):
        known.append([worn["size"] for worn in browser.session["lintas_worn"]])
        say(browser, state, channel="web", purpose="personalisation")
    assert [*known, [worn["size"] for worn in browser.session["lintas_worn"]]] == [["42"], [], ["42"]]


@pytest.mark.parametrize("name", ["", "guest@example.com"])
def test_an_address_that_nobody_proved_finds_nothing_of_whoever_has_it(sari, name):
    guest = {"user": None, "guest_email": "guest@example.com", "status": "Pending"}
    Order.objects.filter(pk=sari.order.pk).update(**guest)
    get_user_model().objects.create_user("guest@example.com", PASSWORD, first_name=name)
    stranger = Client()
    stranger.force_login(get_user_model().objects.get(email="guest@example.com"))
    answer = stranger.post(FORGET, {"password": PASSWORD})
    assert (answer.status_code, sari.order.number in answer.content.decode()) == (302, False)
    assert do_requests() == 1
    order = Order.objects.get(pk=sari.order.pk)
    assert (order.guest_email, order.shipping_address.line1) == ("guest@example.com", STREET)
    assert not get_user_model().objects.filter(email="guest@example.com").exists()


def test_what_staff_may_see_is_said_elsewhere_and_stands_in_the_history_in_words(sari, client):
    for seen in ([], ["purchases"]):
        client.post("/accounts/code/", {"seen": seen})
    assert Consent.objects.filter(person=sari.person, channel="store", purpose="purchases").count() == 2
    page = client.get(HERE).content.decode()
    assert 'name="channel" value="store"' not in page
    words = text_of(client.get(HERE))
    assert "purchases store" not in words
    assert "What you bought Allowed" in words
    assert "account" not in {said.where for said in client.get(HERE).context["page"].history}


def test_what_a_till_calls_by_a_name_of_its_own_can_be_taken_back(sari, client):
    said = {"channel": "email", "purpose": "newsletter", "state": "granted", "wording": "The club's paper"}
    tell_all(sari.till, customer(sari.store.partner, **WHO, consents=[{**said, "at": timezone.now().isoformat()}]))
    assert may(person_id=sari.person.pk, channel="email", purpose="newsletter")
    assert "newsletter by e-mail Allowed" in text_of(client.get(HERE))
    say(client, "withdrawn", channel="email", purpose="newsletter")
    assert not may(person_id=sari.person.pk, channel="email", purpose="newsletter")
    assert "newsletter by e-mail Not allowed" in text_of(client.get(HERE))
    say(client, "granted", channel="email", purpose="newsletter")
    assert not may(person_id=sari.person.pk, channel="email", purpose="newsletter")
