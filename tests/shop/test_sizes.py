"""The sizes that somebody wears."""

import pytest
from django.contrib.auth import get_user, get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from omni_sync.catalogue.identify import describe
from omni_sync.people.sizes.mine import COOKIE, members_own
from omni_sync.people.sizes.models import WornSize
from omni_sync.people.sizes.typed import tell_sizes
from shop.storefront.sizes import my_sizes, write_cookie
from tests.instore.places import make_product
from tests.shop.pages import text_of


def request_with(value):
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = value
    return request


def test_the_browser_keeps_sizes_for_a_year():
    response = HttpResponse()
    write_cookie(response, {"EU": "42 2/3", "SML": "M"})
    cookie = response.cookies[COOKIE]
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert cookie["httponly"]
    assert my_sizes(request_with(cookie.value)) == {"EU": "42 2/3", "SML": "M"}


@pytest.mark.parametrize(
    "value",
    ["", "EU", "&", "EU=", "=42", "EU=%00", "EU=%ff", "EU=" + "4" * 33, "E" * 17 + "=42", "EU=42&" * 9, "a=b" * 999],
)
def test_what_is_no_list_of_sizes_is_none(value):
    assert my_sizes(request_with(value)) == {}


PASSWORD = "a long password"


@pytest.fixture
def budi(db):
    return get_user_model().objects.create_user(email="budi@langkah.example", password=PASSWORD)


@pytest.fixture
def goods(db):
    for system, sizes in (
        ("EU", ("41", "42", "43")),
        ("SML", ("S", "M")),
        ("cm wide", [f"{n}" for n in range(60, 90)]),
    ):
        for size in sizes:
            describe(product=make_product(), size=size, size_system=system)


def tell(client, system, size, **more):
    return client.post("/accounts/sizes/", {"size_system": system, "size": size, **more})


def sizes_in(client):
    """What a page of this browser would find."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    request.session = client.session
    request.user = get_user(request)
    return dict(my_sizes(request))


def sign_in(client):
    """By the shop's own form, with the browser's cookies."""
    answer = client.post(
        "/accounts/login/", {"login-username": "budi@langkah.example", "login-password": PASSWORD, "login_submit": "1"}
    )
    assert answer.status_code == 302


def test_a_guests_sizes_are_kept_in_the_browser_and_forgotten_one_by_one(goods, client):
    assert tell(client, "EU", "42", next="/catalogue/")["Location"] == "/catalogue/"
    tell(client, "SML", "m")
    assert sizes_in(client) == {"EU": "42", "SML": "M"}
    tell(client, "EU", "")
    assert sizes_in(client) == {"SML": "M"}
    assert not WornSize.objects.exists()


def test_all_sizes_are_told_on_one_page(goods, client):
    page = client.get("/sizes/").content.decode()
    assert 'value="42" checked' not in page
    answer = client.post("/accounts/sizes/", {"size-EU": "42", "size-SML": "", "size-cm%20wide": "75"})
    assert (answer.status_code, answer["Location"]) == (302, "/sizes/")
    page = client.get("/sizes/")
    assert 'value="42" checked' in page.content.decode()
    assert "Your sizes are kept." in text_of(page)
    assert sizes_in(client) == {"EU": "42", "cm wide": "75"}


def test_all_sizes_are_forgotten_at_once(goods, client):
    tell(client, "EU", "42")
    tell(client, "SML", "M")
    client.post("/accounts/sizes/", {"forget": "all"})
    assert sizes_in(client) == {}


def test_a_size_that_does_not_exist_is_refused_with_the_nearest_and_nothing_is_lost(goods, client):
    answer = client.post("/accounts/sizes/", {"size-EU": "45", "size-SML": "S", "size-cm%20wide": "<b>"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing is made in size 45. The nearest are 42 and 43." in text_of(answer)
    assert 'value="45"' in page
    assert 'value="S" checked' in page
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert sizes_in(client) == {}


def test_one_tap_with_a_size_that_does_not_exist_changes_nothing(goods, client):
    tell(client, "SML", "M")
    assert tell(client, "EU", "x" * 5000).status_code == 422
    assert tell(client, "nothing", "42").status_code in (302, 422)
    assert sizes_in(client) == {"SML": "M"}


def test_a_size_that_is_not_made_any_more_stands_in_nobodys_way(goods, client):
    client.cookies[COOKIE] = "EU=50&SML=M"
    assert 'value="50"' in client.get("/sizes/").content.decode()
    assert tell(client, "SML", "S").status_code == 302
    assert sizes_in(client) == {"EU": "50", "SML": "S"}


def test_a_choice_goes_back_to_pages_of_ours_only(goods, client):
    assert tell(client, "EU", "42", next="https://elsewhere.example/")["Location"] == "/sizes/"


def test_sizes_need_the_forms_token(goods):
    assert tell(Client(enforce_csrf_checks=True), "EU", "42").status_code == 403


def test_a_members_sizes_are_the_same_in_another_browser_and_gone_from_this_one_after_signing_out(goods, budi, client):
    sign_in(client)
    tell(client, "EU", "42")
    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value
    other = Client()
    assert sizes_in(other) == {}
    sign_in(other)
    assert sizes_in(other) == {"EU": "42"}
    client.post("/accounts/logout/")
    client.get("/accounts/logout/")
    assert sizes_in(client) == {}


def test_a_guests_sizes_go_along_when_they_sign_in_and_do_not_stay_behind(goods, budi, client):
    with transaction.atomic():
        tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    tell(client, "EU", "41")
    tell(client, "SML", "S")
    sign_in(client)
    assert sizes_in(client) == {"EU": "42", "SML": "S"}
    client.get("/accounts/logout/")
    client.post("/accounts/logout/")
    assert sizes_in(client) == {}


def test_a_members_sizes_cost_no_query(goods, budi, client, django_assert_num_queries):
    client.force_login(budi)
    tell(client, "EU", "42")
    request = RequestFactory().get("/")
    request.session, request.user = client.session, budi
    assert request.session.session_key
    with django_assert_num_queries(1):  # the session
        assert my_sizes(request) == {"EU": "42"}


def test_what_another_device_told_is_seen_once_this_process_looks_again(goods, budi, client):
    client.force_login(budi)
    assert sizes_in(client) == {}
    with transaction.atomic():
        tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    assert sizes_in(client) == {}
    members_own._looked.clear()
    assert sizes_in(client) == {"EU": "42"}


def test_members_and_guests_each_have_their_address(goods, budi, client):
    assert client.get("/accounts/sizes/")["Location"] == "/sizes/"
    client.force_login(budi)
    assert client.get("/sizes/")["Location"] == "/accounts/sizes/"


def test_without_goods_the_page_says_so(db, client):
    assert "Nothing in the shop has a size yet." in text_of(client.get("/sizes/"))


def test_the_page_costs_the_same_at_one_size_and_at_fifty(client, budi, django_assert_max_num_queries):
    client.force_login(budi)
    costs = []
    for sizes in (range(1), range(1, 50)):
        for number in sizes:
            describe(product=make_product(), size=f"{number}", size_system="EU")
        with django_assert_max_num_queries(8) as asked:
            client.get("/accounts/sizes/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
