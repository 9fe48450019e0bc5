"""The shop that somebody calls theirs."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user, get_user_model
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.utils import translation

from instore.stores.chosen import COOKIE, _own, chosen_store
from instore.stores.models import Store
from instore.stores.own import OwnStore, adopt_store, keep_own_store
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import lines_of, text_of, ways_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long password"
JAKARTA, BANDUNG, BALI = ("-6.1967", "106.8316"), ("-6.8853", "107.6135"), ("-8.6939", "115.2636")


@pytest.fixture
def shops():
    return {
        code: make_store(code, at=at).partner for code, at in (("menteng", JAKARTA), ("dago", BANDUNG), ("sanur", BALI))
    }


@pytest.fixture
def budi():
    return get_user_model().objects.create_user(email="budi@langkah.example", password=PASSWORD)


@pytest.fixture
def tee(shops):
    product = make_product("Kawan tee")
    for code, quantity in (("menteng", 3), ("dago", 0), ("sanur", 9)):
        put(product, shops[code], quantity)
    put(product, make_warehouse(), 12)
    return product


def choose(client, code, **more):
    return client.post("/stores/", {"store": code, **more})


def test_a_choice_is_kept_for_a_year_and_stands_on_every_page(shops, client):
    answer = choose(client, "menteng", next="/catalogue/")
    assert (answer.status_code, answer["Location"]) == (302, "/catalogue/")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("menteng", 365 * 24 * 60 * 60, "Lax")
    assert cookie["httponly"]
    for path in ("/", "/catalogue/", "/stores/", "/stores/dago/", "/nothing/"):
        assert "Your shop: <strong>Menteng</strong>" in client.get(path).content.decode()


@pytest.mark.parametrize("code", ["nowhere", "menteng; Path=/", "\x00", "x" * 5000, "MENTENG"])
def test_a_code_that_no_shop_has_is_ignored(code, shops, client):
    choose(client, "sanur")
    answer = choose(client, code)
    assert answer.status_code == 302
    assert COOKIE not in answer.cookies
    assert "Your shop: <strong>Sanur</strong>" in client.get("/").content.decode()


@pytest.mark.parametrize("value", ["nowhere", "", "\x00", "<b>", "menteng" * 1000])
def test_a_cookie_that_names_no_shop_is_no_choice(value, tee, client):
    client.cookies[COOKIE] = value
    page = client.get(tee.get_absolute_url())
    assert "Choose your shop" in page.content.decode()
    assert len(lines_of(page)) == 3


def test_a_choice_goes_back_to_pages_of_ours_only(shops, client):
    assert choose(client, "menteng", next="https://elsewhere.example/")["Location"] == "/stores/"
    assert choose(client, "menteng", next="//elsewhere.example/")["Location"] == "/stores/"


def test_a_choice_is_taken_back(shops, client):
    choose(client, "menteng")
    client.post("/stores/", {})
    assert "Choose your shop" in client.get("/").content.decode()


def test_a_choice_needs_the_forms_token(shops):
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, "menteng").status_code == 403


def test_a_shop_that_closed_for_good_is_nobodys_any_more(tee, client):
    choose(client, "menteng")
    Store.objects.filter(partner__code="menteng").update(is_open_to_public=False)
    page = client.get(tee.get_absolute_url())
    assert "Choose your shop" in page.content.decode()


def test_without_a_choice_all_shops_stand_by_name_and_can_be_chosen(tee, client):
    page = client.get(tee.get_absolute_url())
    assert [line.split()[0] for line in lines_of(page)] == ["Dago", "Menteng", "Sanur"]
    assert page.content.decode().split("<main")[1].count('name="store"') == 3


def test_the_chosen_shop_stands_first_and_the_others_by_their_distance_from_it(tee, client):
    choose(client, "menteng")
    page = client.get(tee.get_absolute_url())
    mine, parcel = ways_of(page)
    assert mine.startswith("At your shop, Menteng Collect ")
    assert mine.endswith(" 3 left")
    assert parcel == "Delivered to you 12 in stock"
    dago, sanur = lines_of(page)
    assert dago == "Dago Jakarta · 115 km None here now"
    assert sanur.startswith("Sanur Jakarta · 970 km 9 in stock Collect ")


def test_distances_are_written_as_the_reader_writes_numbers(tee, client):
    choose(client, "menteng")
    with translation.override("id"):
        page = client.get(tee.get_absolute_url())
    assert "Toko Anda: <strong>Menteng</strong>" in page.content.decode()
    assert "970 km" in text_of(page)


def sign_in(client, email="budi@langkah.example"):
    """By the shop's own form, with the browser's cookies."""
    answer = client.post("/accounts/login/", {"login-username": email, "login-password": PASSWORD, "login_submit": "1"})
    assert answer.status_code == 302


def sign_out(client):
    client.get("/accounts/logout/")
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def shop_of(client):
    """The code of the shop that the next page of this browser would name."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    request.session = client.session
    request.user = get_user(request)
    return chosen_store(request)


def test_a_members_shop_is_the_same_in_another_browser(shops, budi, client):
    sign_in(client)
    choose(client, "dago")
    other = Client()
    choose(other, "sanur")
    sign_in(other)
    assert shop_of(other) == "dago"
    assert "Your shop: <strong>Dago</strong>" in other.get("/").content.decode()


def test_what_a_member_chose_is_not_left_to_the_next_person(shops, budi, client):
    sign_in(client)
    answer = choose(client, "dago")
    assert COOKIE not in answer.cookies
    sign_out(client)
    assert shop_of(client) == ""
    assert "Choose your shop" in client.get("/").content.decode()


def test_the_browsers_own_choice_waits_until_a_member_has_signed_out(shops, budi, client):
    with transaction.atomic():
        keep_own_store(user_id=budi.pk, code="dago")
    choose(client, "sanur")
    sign_in(client)
    assert shop_of(client) == "dago"
    sign_out(client)
    assert shop_of(client) == "sanur"


def test_a_guests_choice_goes_along_when_they_sign_in_and_stays_when_they_sign_out(shops, budi, client):
    choose(client, "sanur")
    sign_in(client)
    assert OwnStore.objects.get(user=budi).store.partner.code == "sanur"
    assert shop_of(client) == "sanur"
    sign_out(client)
    assert shop_of(client) == "sanur"


def test_one_member_after_another_each_has_their_own(shops, budi, client):
    rina = get_user_model().objects.create_user(email="rina@langkah.example", password=PASSWORD)
    sign_in(client)
    choose(client, "dago")
    sign_out(client)
    sign_in(client, "rina@langkah.example")
    assert shop_of(client) == ""
    assert not OwnStore.objects.filter(user=rina).exists()


@pytest.mark.parametrize("code", ["nowhere", "\x00", "x" * 5000])
def test_signing_in_with_a_cookie_that_names_no_shop_keeps_none(code, shops, budi, client):
    client.cookies[COOKIE] = code
    sign_in(client)
    assert not OwnStore.objects.exists()


def test_a_member_takes_the_choice_back_here_and_everywhere(shops, budi, client):
    choose(client, "sanur")
    sign_in(client)
    client.post("/stores/", {})
    assert shop_of(client) == ""
    assert not OwnStore.objects.exists()


def test_a_members_shop_goes_with_them_and_with_the_shop(shops, budi):
    with transaction.atomic():
        keep_own_store(user_id=budi.pk, code="dago")
    budi.delete()
    assert not OwnStore.objects.exists()


def test_a_members_shop_that_closed_for_good_is_nobodys_any_more(shops, budi, client):
    sign_in(client)
    choose(client, "dago")
    Store.objects.filter(partner__code="dago").update(is_open_to_public=False)
    assert shop_of(client) == ""
    assert choose(client, "dago").status_code == 302
    with transaction.atomic():
        assert not keep_own_store(user_id=budi.pk, code="dago")


def test_a_members_shop_costs_no_query(shops, budi, client, django_assert_num_queries):
    sign_in(client)
    choose(client, "dago")
    request = RequestFactory().get("/")
    request.session, request.user = client.session, budi
    assert request.session.session_key
    with django_assert_num_queries(2):  # the session, and the stores, which a test's transaction never remembers
        assert chosen_store(request) == "dago"


def test_what_another_device_chose_is_seen_once_this_process_looks_again(shops, budi, client):
    sign_in(client)
    choose(client, "dago")
    with transaction.atomic():
        keep_own_store(user_id=budi.pk, code="sanur")
    _own._looked.clear()
    assert "Your shop: <strong>Sanur</strong>" in client.get("/stores/").content.decode()


def test_signing_in_never_overwrites_what_was_chosen_meanwhile(shops, budi):
    with transaction.atomic():
        keep_own_store(user_id=budi.pk, code="dago")
        adopt_store(user_id=budi.pk, code="sanur")
    assert OwnStore.objects.get().store.partner.code == "dago"


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_choose_at_once_leave_one_shop_that_both_agree_on(shops, budi):
    """With a plain insert the second would be refused: see the control below."""
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(budi)
    outcomes = at_once(
        lambda: choose(clients[0], "dago").status_code,
        lambda: choose(clients[1], "sanur").status_code,
    )
    assert outcomes == [302, 302]
    kept = OwnStore.objects.get().store.partner.code
    _own._looked.clear()
    assert {shop_of(client) for client in clients} == {kept}


@pytest.mark.django_db(transaction=True)
def test_control_two_plain_inserts_at_once_are_refused(shops, budi):
    def insert(code):
        with transaction.atomic():
            store = Store.objects.get(partner__code=code)
            OwnStore.objects.create(user=budi, store=store)
        return 302

    outcomes = at_once(lambda: insert("dago"), lambda: insert("sanur"))
    assert sorted(outcome == 302 for outcome in outcomes) == [False, True]


def at_once(*calls):
    """What each call answers, or the error it raised, in threads that begin together."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait(10)
        try:
            return call()
        except IntegrityError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_the_picker_stands_on_every_page_and_leads_back_to_it(shops, client):
    page = client.get("/catalogue/?q=a&b=%22%3E%3Cscript%3E").content.decode()
    head = page.split("<main")[0]
    assert 'name="next" value="/catalogue/?q=a&amp;b=%22%3E%3Cscript%3E"' in head
    assert 'href="/stores/?next=/catalogue/%3Fq%3Da%26b%3D%2522%253E%253Cscript%253E"' in head
    assert head.count('name="store"') == 3
    assert "<script>" not in head


def test_the_picker_names_the_neighbours_of_the_chosen_shop_first(shops, client):
    choose(client, "sanur")
    head = client.get("/").content.decode().split("<main")[0]
    assert re.findall(r'name="store" value="(\w+)"', head) == ["sanur", "dago", "menteng"]


def test_the_picker_offers_six_shops_and_the_way_to_the_others(client):
    for number in range(9):
        make_store(f"shop-{number}")
    head = client.get("/").content.decode().split("<main")[0]
    assert head.count('name="store"') == 6
    assert "and 3 more shops" in head


def test_without_shops_the_header_promises_parcels(client):
    assert "Delivered to you" in client.get("/catalogue/").content.decode().split("<main")[0]
