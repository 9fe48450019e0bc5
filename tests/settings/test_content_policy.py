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


@pytest.mark.django_db
def test_every_page_says_what_a_browser_may_do_with_it(client):
    headers = client.get("/nothing-is-here/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers[HEADER]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    permissions = headers["Permissions-Policy"].split(", ")
    assert {"geolocation=(self)", "camera=()", "microphone=()", "payment=()"} <= set(permissions)


@pytest.mark.parametrize(
    ("path", "camera"),
    [("/staff/collect/", "(self)"), ("/staff", "(self)"), ("/", "()"), ("/staffed/", "()"), ("/id/staff/", "()")],
)
def test_only_the_staffs_tablet_has_a_camera(path, camera):
    response = ContentPolicy(lambda _request: HttpResponse())(RequestFactory().get(path))
    assert f"camera={camera}" in response.headers["Permissions-Policy"].split(", ")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/wishlists/k7q2/", "/password-reset/confirm/Mw/set-password/"])
def test_the_address_of_a_page_that_a_token_opens_is_told_to_nobody(client, path):
    assert client.get(path).headers["Referrer-Policy"] == "same-origin"


def test_a_link_preview_may_show_a_sheet_of_ours():
    """Pictures are shown in mail and by others."""
    response = ContentPolicy(lambda _request: HttpResponse())(RequestFactory().get("/static/lintas/mark.svg"))
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.django_db
def test_wagtails_preview_is_a_frame_of_its_own_editors(admin_client):
    from wagtail.models import Page

    page = Page.objects.filter(depth=2).first()
    address = f"/cms/pages/{page.pk}/edit/preview/"
    response = admin_client.get(address, {"in_preview_panel": "true"})
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers[HEADER]


def test_only_the_page_that_orders_may_leave_to_pay(settings):
    for path in ("/checkout/preview/", "/id/checkout/preview/"):
        assert f"form-action 'self' {settings.PAYMENT_PAGES};" in policy_of(path)
        assert policy_of(path).replace(f" {settings.PAYMENT_PAGES}", "") == STRICT_HEADER
    assert policy_of("/checkout/preview/more/") == STRICT_HEADER
