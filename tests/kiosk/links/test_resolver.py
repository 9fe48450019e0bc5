"""Where a product's address leads, and what is no address of ours."""

import json

import pytest

from omni_sync.catalogue.gtin import check_digit
from omni_sync.oscar.models import Product
from tests.instore.places import make_product
from tests.kiosk.links.answers import BROWSER, PAGE, is_refused, leads_to
from tests.kiosk.links.conftest import GLN, GTIN

pytestmark = pytest.mark.django_db


def test_a_product_leads_to_its_page(client, rice):
    answer = client.get(f"/01/{GTIN}")
    leads_to(answer, PAGE)
    assert answer["Link"] == (
        f'<https://shop.example/01/{GTIN}?linkType=linkset>; rel="linkset"; type="application/linkset+json"'
    )
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Expose-Headers"] == "Link, Location"
    assert {"Accept", "Accept-Language"} <= {one.strip() for one in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    "path",
    [
        f"/01/{GTIN}/",
        "/01/9506000134352",
        f"/01/{GTIN}/10/KL8G",
        f"/01/{GTIN}/22/V1/10/L%2F1/21/S1/",
        f"/01/{GTIN}/235/T1",
    ],
)
def test_whatever_is_said_besides_walks_up_to_the_product(client, rice, path):
    leads_to(client.get(path, REQUEST_URI=path), PAGE)


def test_shorter_numbers_are_filled_up_without_a_redirect_of_their_own(client, rice):
    make_product("Tin", gtin="96385074")
    leads_to(client.get("/01/96385074"), "/shelf/00000096385074/")


def test_the_query_is_passed_on_letter_by_letter(client, rice, say):
    query = "foo=bar;baz&empty=&valueless&a=%2F+%20&17=271231&utm_x=é|"
    answer = client.get(f"/01/{GTIN}", QUERY_STRING=query.encode().decode("latin-1"))
    leads_to(answer, f"{PAGE}?foo=bar;baz&empty=&valueless&a=%2F+%20&17=271231&utm_x=%C3%A9%7C")
    say("pip", "https://brand.example/p?x=1#top", is_default=True)
    leads_to(client.get(f"/01/{GTIN}?s=menteng"), "https://brand.example/p?x=1&s=menteng#top")


def test_a_store_in_the_stem_is_passed_on_in_its_own_letters(client, rice, menteng):
    leads_to(client.get(f"/S/MENTENG/01/{GTIN}"), f"{PAGE}?s=menteng")
    leads_to(client.get(f"/s/menteng/01/{GTIN}/10/L1?a=b"), f"{PAGE}?s=menteng&a=b")
    leads_to(client.get(f"/S/NOBODY/01/{GTIN}?a=b"), f"{PAGE}?a=b")


@pytest.mark.parametrize(
    "path",
    [
        "/01/09506000134376/badrequest",
        f"/01/{GTIN}/17/261231",
        f"/01/{GTIN}/21/S1/10/L1",
        f"/01/{GTIN}?10=L1",
        f"/01/{GTIN}?17=261332",
        f"/01/{GTIN}?999=faux",
        "/01/09506000134353",
        "/01/123",
        "/01/",
        "/01/%00",
        f"/01/{GTIN}/21/%E2%82%AC",
        f"/01/{GTIN}/21/AB%FF",
        f"/01/{GTIN}/10/",
        "/414/9520123456789",
        f"/414/{GLN}/10/L1",
        "/S/MENTENG/01/x",
        "/ehF1A2B3C4D5E6F708",
        "/EHF1A2B3C4D5E6F708",
        "/exAb3d9KqPz1_-Xy",
    ],
)
def test_what_is_no_link_is_a_bad_request(client, rice, menteng, path):
    if path.endswith("/10/"):  # a slash at the end is forgiven: what is left is no pair
        path = f"/01/{GTIN}/10"
    is_refused(client.get(path, REQUEST_URI=path), 400)


@pytest.mark.parametrize("path", ["/01/09521234500018", "/414/9521234500018", f"/01/{GTIN}/414/9521234500018"])
def test_what_is_a_link_to_nothing_is_not_found(client, rice, menteng, path):
    is_refused(client.get(path), 404)


@pytest.mark.parametrize("payload", ["200000000001", "020000000001", "040000000001", "290000000001", "2000001"])
def test_a_number_of_this_shop_alone_is_unknown_out_here(client, menteng, payload):
    number = f"{payload}{check_digit(payload)}"
    make_product("Loose rice", gtin=number)
    is_refused(client.get(f"/01/{number.zfill(14)}"), 404)
    is_refused(client.get(f"/01/{number.zfill(14)}?linkType=linkset"), 404)
    is_refused(client.get(f"/S/MENTENG/01/{number.zfill(14)}"), 404)


def test_a_product_that_is_not_shown_is_not_found(client, rice):
    Product.objects.filter(pk=rice.pk).update(is_public=False)
    is_refused(client.get(f"/01/{GTIN}"), 404)


def test_machines_are_told_why(client, rice):
    assert json.loads(client.get("/01/123").content)["reason"] == "(01) too short: 123"


def test_people_see_a_page_in_their_language(client, rice):
    answer = client.get("/01/123", HTTP_ACCEPT=BROWSER, HTTP_ACCEPT_LANGUAGE="id")
    assert (answer.status_code, answer["Content-Type"], answer["Content-Language"]) == (
        400,
        "text/html; charset=utf-8",
        "id",
    )
    assert client.get("/01/09521234500018", HTTP_ACCEPT=BROWSER).status_code == 404


def test_other_methods_are_told_what_there_is(client, rice):
    answer = client.options(f"/01/{GTIN}")
    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post(f"/01/{GTIN}").status_code == 405
    leads_to(client.head(f"/01/{GTIN}"), PAGE)
