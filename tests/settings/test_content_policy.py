import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from settings.content_policy import HEADER, INLINE_ALLOWED_HEADER, STRICT_HEADER, ContentPolicy


def policy_of(path, **headers):
    return ContentPolicy(lambda _request: HttpResponse(headers=headers))(RequestFactory().get(path)).headers[HEADER]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/id/",
        "/catalogue/x_1/",
        "/staff/",
        "/kiosk/",
        "/01/09521234543213",
        "/api/v1/docs",
        "/dashboards",
        "/r/cms/",
    ],
)
def test_strict_where_shoppers_and_staff_are(path):
    assert policy_of(path) == STRICT_HEADER


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard", "/id/dashboard/orders/", "/cms/", "/cms/pages/3/"])
def test_inline_only_in_the_back_offices(path):
    assert policy_of(path) == INLINE_ALLOWED_HEADER


def test_strict_means_nothing_inline_and_nobody_else():
    assert "unsafe" not in STRICT_HEADER
    assert "http" not in STRICT_HEADER
    assert "default-src 'self'" in STRICT_HEADER


def test_an_answers_own_policy_stays():
    assert policy_of("/", **{HEADER: "default-src 'none'"}) == "default-src 'none'"


@pytest.mark.django_db
def test_every_page_carries_it(client):
    assert client.get("/nothing-is-here/").headers[HEADER] == STRICT_HEADER
    assert client.get("/cms/login/").headers[HEADER] == INLINE_ALLOWED_HEADER
