"""“My code”, in the account: a new code each time, what staff see by it, and who has looked."""

import re

import pytest

from instore.customers import account
from omni_sync.customer_code.models import CustomerCode
from omni_sync.customer_code.parts import Part, hidden_in, stated
from omni_sync.limits import Limit
from omni_sync.people.models import Consent
from tests.e2e.looks import misshapen
from tests.instore.customers.conftest import open_at
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/accounts/code/"


@pytest.fixture
def phone(client, ayu):
    client.force_login(ayu.user)
    return client


def code_on(answer):
    return re.search(r'<p class="code-letters">(.*?)</p>', answer.content.decode())[1]


def test_it_shows_a_new_code_each_time_and_a_tablet_takes_it(phone, on_duty, ayu):
    first, second = code_on(phone.get(PAGE)), code_on(phone.get(PAGE))
    assert first != second
    answer = on_duty.post("/staff/customer/", {"code": second})
    assert "Ayu Lestari" in read(on_duty.get(answer.url))


def test_nobody_keeps_it(phone):
    answer = phone.get(PAGE)
    assert "no-store" in answer.headers["Cache-Control"]
    assert list(misshapen(answer.content.decode())) == []


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(PAGE).url.startswith("/accounts/login/")
    assert client.post(PAGE).url.startswith("/accounts/login/")
    assert not CustomerCode.objects.exists()


@pytest.mark.parametrize("path", [PAGE, f"/id{PAGE}"])
def test_it_is_there_in_both_languages(phone, path):
    answer = phone.get(path)
    assert f'hx-get="{path}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == ("id" if path.startswith("/id/") else "en")


def test_looking_at_its_head_makes_no_code(phone):
    phone.head(PAGE)
    assert not CustomerCode.objects.exists()


def test_it_says_who_looked_where_and_why(phone, on_duty, ayu):
    assert "Nobody has." in read(phone.get(PAGE))
    open_at(on_duty, ayu.person)
    assert "Sari , Menteng You showed your code" in read(phone.get(PAGE)).replace("Sari,", "Sari ,")


def test_what_is_not_ticked_is_withdrawn_with_its_wording(phone, ayu):
    assert phone.post(PAGE, {"seen": ["list", "sizes"]}).url == PAGE
    assert hidden_in(stated(ayu.person)) == {Part.BASKET, Part.PURCHASES}
    told = Consent.objects.get(purpose="purchases")
    assert (told.channel, told.state, told.is_claim, told.source) == ("store", "withdrawn", False, "account")
    assert "What you bought" in told.wording
    page = phone.get(PAGE).content.decode()
    assert page.count(" checked") == 2
    phone.post(PAGE, {"seen": [part.value for part in Part]})
    assert not hidden_in(stated(ayu.person))


def test_who_asks_for_too_many_codes_waits(phone, monkeypatch):
    monkeypatch.setattr(account, "codes", Limit("customer-codes-test", most=1, seconds=3600))
    phone.get(PAGE)
    assert "Wait a little" in read(phone.get(PAGE))
    assert CustomerCode.objects.count() == 1


def test_it_costs_the_same_at_one_and_at_many(phone, on_duty, ayu, django_assert_max_num_queries):
    open_at(on_duty, ayu.person)
    phone.get(PAGE)
    with django_assert_max_num_queries(24) as few:
        phone.get(PAGE)
    cost = len(few)
    for _ in range(4):
        open_at(on_duty, ayu.person)
    with django_assert_max_num_queries(cost):
        phone.get(PAGE)
