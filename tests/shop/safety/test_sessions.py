"""Whatever a browser carries as its session, a page is answered."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said", [r'"aaaaaaaaaa\000a"', r'"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\000"', "../../etc", "x" * 4000, "", '""', "ÄÖÜ"]
)
def test_what_is_no_key_of_ours_is_no_session(said):
    answer = Client(headers={"cookie": f"sessionid={said}"}).get("/accounts/login/")
    assert answer.status_code == 200


def test_who_is_signed_in_stays_so(db):
    ayu = get_user_model().objects.create_user(email="ayu@langkah.example", password="x")
    browser = Client()
    browser.force_login(ayu)
    assert browser.get("/accounts/profile/").status_code == 200
