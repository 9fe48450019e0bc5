"""Forms that strangers like to try may be sent a few times from one address."""

import pytest
from django.test import Client

from shop.safety.forms import LIMITS, password_reset, registration, voucher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache", "one_stretch")]
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
FORMS = {
    "/password-reset/": ({"email": "budi@langkah.example"}, password_reset),
    "/accounts/register/": ({"email": "x"}, registration),
    "/accounts/login/": ({"registration_submit": "1", "registration-email": "x"}, registration),
    "/basket/vouchers/add/": ({"code": "GUESS"}, voucher),
    "/id/password-reset/": ({"email": "budi@langkah.example"}, password_reset),
}


@pytest.fixture(autouse=True)
def limited(settings):
    settings.SHOP_LIMITS_FORMS = True


@pytest.fixture
def one_stretch(monkeypatch):
    """The clock stands still for what is counted: no stretch ends in the middle of a test."""
    monkeypatch.setattr("omni_sync.limits.time.time", lambda: 1_795_300_000.0)


def send(path, at=HOME):
    return Client(REMOTE_ADDR=at).post(path, FORMS[path][0])


@pytest.mark.parametrize("path", FORMS)
def test_the_last_allowed_is_answered_and_the_next_is_told_when(path):
    limit = FORMS[path][1]
    assert all(send(path).status_code in {200, 302} for _ in range(limit.most))
    refused = send(path)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= limit.seconds
    assert send(path, at=ELSEWHERE).status_code in {200, 302}


def test_looking_at_a_form_is_not_sending_it():
    for _ in range(password_reset.most + 2):
        assert Client(REMOTE_ADDR=HOME).get("/password-reset/").status_code == 200


def test_guessing_guests_orders_by_their_address_is_counted(monkeypatch):
    limit = LIMITS["shop-guests-order"]
    monkeypatch.setattr(limit, "most", 3)
    seen = [Client(REMOTE_ADDR=HOME).get(f"/accounts/order-status/10000{n}/guess:{n}/").status_code for n in range(4)]
    assert seen == [302, 302, 302, 429]  # to the form that asks for the e-mail address


def test_without_the_cache_nobody_is_refused(monkeypatch):
    monkeypatch.setattr(password_reset, "_count", unreachable)
    monkeypatch.setattr(password_reset, "_silent_until", 0.0)
    assert all(send("/password-reset/").status_code == 302 for _ in range(password_reset.most + 2))


def unreachable(_key):
    raise OSError
