"""Without a receipt: a manager alone, never more than it costs today."""

from decimal import Decimal

import pytest

from instore.returns.exceptions import AboveThePrice, ManagerDecides, NothingChosen
from instore.returns.models import Disposition, Reason, TakenBack
from instore.returns.unlinked import Brought, article_of, take_back_unlinked
from instore.staff.models import Role
from omni_sync.oscar.models import StockRecord
from omni_sync.sales.models import Return
from omni_sync.stock.audit import audit
from tests.instore.returns.conftest import duty_at, key, on_hand
from tests.instore.tablet.conftest import nonce, sign_in_at
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
FORM = {"article": "TEE", "many": "1", "each": "100000", "why": "size", "then": "sell", "note": "A present"}


@pytest.fixture
def dewi(world):
    return duty_at(world.dago, "Dewi", Role.MANAGER, "Office")


def brought(quantity=2, each="100000", disposition=Disposition.SELL):
    return Brought(quantity, Decimal(each), Reason.SIZE, disposition, "A present")


def take(world, duty, what=None, number=1):
    article = article_of(said="TEE", store=world.dago)
    return take_back_unlinked(article=article, brought=what or brought(), duty=duty, key=key(number))


def test_manager_takes_it_back_for_cash_once(world, dewi):
    row = take(world, dewi)
    assert take(world, dewi) == row
    assert [(one["method"], Decimal(one["amount"])) for one in row.refunds] == [("cash", 200000)]
    assert (on_hand(world.dago), row.order, TakenBack.objects.get().note) == (2, None, "A present")
    assert audit()["violations"] == []


def test_waste_is_not_stock(world, dewi):
    take(world, dewi, brought(disposition=Disposition.WASTE))
    assert on_hand(world.dago) is None


@pytest.mark.parametrize(
    ("each", "refusal"), [("149001", AboveThePrice), ("-1", NothingChosen), ("0.5", NothingChosen)]
)
def test_price_is_todays_at_most_and_a_coin_at_least(world, dewi, each, refusal):
    with pytest.raises(refusal):
        take(world, dewi, brought(each=each))
    assert not Return.objects.exists()


def test_price_in_another_money_is_no_price_here(world, dewi):
    StockRecord.objects.filter(partner_sku="TEE").update(price_currency="USD", price=10)
    assert (article_of(said="TEE", store=world.dago).currency, world.dago.partner.location.currency) == ("IDR", "IDR")
    with pytest.raises(AboveThePrice) as refusal:
        take(world, dewi, brought(each="5"))
    assert refusal.value.most is None


def test_nobody_but_a_manager(world):
    with pytest.raises(ManagerDecides):
        take(world, world.duty)


def test_page_finds_the_article_and_gives_what_is_typed(world):
    office = sign_in_at(world.dago, "Dewi", device="Office", role=Role.MANAGER)
    url = "/staff/returns/without/"
    assert "Costs today Rp149,000" in read(office.get(url, {"article": "TEE"}))
    assert "No article of this shop has this code." in read(office.get(url, {"article": "nothing"}))
    assert "no more is given" in read(office.post(url, FORM | {"nonce": nonce(1), "each": "200000"}), 409)
    assert "out of date" in read(office.post(url, FORM | {"nonce": nonce(1), "note": " "}), 409)
    answer = office.post(url, FORM | {"nonce": nonce(1)})
    assert f"Taken back: {Return.objects.get().number}." in read(office.get(answer.url))
    for number in ("\x00", 999 * "R"):
        assert office.get(url, {"done": number}).status_code == 200
    assert 'href="/staff/returns/without/"' in office.get("/staff/returns/").content.decode()
