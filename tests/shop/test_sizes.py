"""The sizes that somebody wears."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shop.storefront.sizes import COOKIE, my_sizes, write_cookie


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
