"""What the back office sees of vouchers, and who may void one."""

import pytest
from django.contrib.auth.models import Permission

from instore.vouchers.models import CreditVoucher, VoucherEntry
from tests.factories import sale, tell_all
from tests.instore.returns.conftest import duty_at
from tests.instore.tablets import make_manager, read
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, make_order, make_voucher, pay

pytestmark = pytest.mark.django_db
HERE = "/dashboard/lintas/credit-vouchers/"


@pytest.fixture
def head(client):
    client.force_login(make_manager())
    return client


@pytest.fixture
def of_dago(client, world):
    """Somebody of Dago's own, who is no staff of the shop."""
    user = make_manager("dago@example.com", is_staff=False)
    user.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    world.dago.partner.users.add(user)
    client.force_login(user)
    return client


def test_sums_of_each_shop_and_every_voucher(world, head):
    voucher = make_voucher(world.duty)
    pay(voucher, 50000, order=make_order(), duty=duty_at(world.menteng, "Rina"))
    page = read(head.get(HERE))
    for words in ("Dago Rp200,000 Rp0 Rp0 Rp0", "Menteng Rp0 Rp50,000 Rp0 Rp0", "Rp150,000", voucher.number):
        assert words in page, words
    assert code_of(voucher) not in page
    assert voucher.number in read(head.get(HERE, {"number": voucher.number.lower()}))
    assert "No voucher was issued here." in read(head.get(HERE, {"store": "menteng"}))
    assert head.get(HERE, {"store": "nowhere"}).status_code == 404


def test_what_tills_took_too_much_of_is_in_front(world, head):
    voucher, other = make_voucher(world.duty), make_voucher(world.duty, number=2)
    paid = [{"method": "voucher", "amount": "250000", "reference": code_of(voucher)}]
    tell_all(world.till, sale(world.menteng.partner, "R-1", {"TEE": 1}, price="250000", payments=paid))
    page = read(head.get(HERE, {"what": "overspent"}))
    assert "Rp50,000" in page
    assert voucher.number in page
    assert other.number not in page
    assert "Rp50,000 was not there" in read(head.get(f"{HERE}{voucher.pk}/"))


def test_one_is_voided_with_a_reason_once(world, head):
    voucher = make_voucher(world.duty)
    here = f"{HERE}{voucher.pk}/"
    assert "Say why it is voided." in read(head.post(here, {"reason": " "}, follow=True))
    assert balance(voucher) == 200000
    assert "It is void." in read(head.post(here, {"reason": "Lost its paper"}, follow=True))
    entry = VoucherEntry.objects.get(kind="voided")
    assert (entry.note, entry.who, entry.amount) == ("Lost its paper", "rani@langkah.example", -200000)
    assert "nothing left of it" in read(head.post(here, {"reason": "Again"}, follow=True))
    assert_ledger_is_right()


def test_people_of_a_partner_see_and_void_their_own_stores_alone(world, of_dago):
    mine = make_voucher(world.duty)
    theirs = make_voucher(duty_at(world.menteng, "Rina"), number=2)
    page = read(of_dago.get(HERE))
    assert mine.number in page
    assert theirs.number not in page
    assert of_dago.get(f"{HERE}{theirs.pk}/").status_code == 404
    assert of_dago.post(f"{HERE}{theirs.pk}/", {"reason": "Mine now"}).status_code == 404
    assert of_dago.post(f"{HERE}{mine.pk}/", {"reason": "Lost"}).status_code == 302
    assert (balance(mine), balance(theirs)) == (0, 200000)


def test_nobody_else_opens_it(world, client):
    voucher = make_voucher(world.duty)
    client.force_login(make_manager("dewi@example.com", is_staff=False))
    assert client.post(f"{HERE}{voucher.pk}/", {"reason": "Mine"}).status_code in (302, 403)
    assert CreditVoucher.objects.get().voided_at is None


@pytest.mark.parametrize("number", [1, 50])
def test_list_asks_as_much_for_one_as_for_fifty(world, head, django_assert_max_num_queries, number):
    for n in range(number):
        make_voucher(world.duty, number=n)
    with django_assert_max_num_queries(14):
        read(head.get(HERE))
