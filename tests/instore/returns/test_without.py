"""The tablet's page for goods without a receipt: what is typed, the sum, the tap."""

import re
from decimal import Decimal

import pytest

from instore.staff.models import Role
from omni_sync.oscar.models import Product, StockRecord
from omni_sync.sales.models import Return
from tests.e2e.looks import misshapen
from tests.instore.forms import fields_of
from tests.instore.tablet.conftest import nonce, sign_in_at
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
URL = "/staff/returns/without/"
FORM = {"article": "TEE", "many": "1", "each": "100000", "why": "mind", "then": "sell", "note": "A present"}


@pytest.fixture
def office(world):
    """Dewi's, a manager's, at Dago."""
    return sign_in_at(world.dago, "Dewi", device="Office", role=Role.MANAGER)


def in_indonesian(office):
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "id"
    return office


def form_in(answer):
    return fields_of(answer, URL) | {"note": "A present"}


def shown(office, **typed):
    return office.get(URL, {"article": "TEE"} | typed)


def test_article_is_found_and_says_its_size_once(world, office):
    assert "Costs today Rp149,000" in read(shown(office))
    assert "No article of this shop has this code." in read(shown(office, article="nothing"))
    Product.objects.filter(stockrecords__partner_sku="TEE").update(title="Kawan tee, black, M")
    entry = StockRecord.objects.filter(partner_sku="TEE").first().product.entry
    type(entry).objects.filter(pk=entry.pk).update(size="M", colour="black")
    page = shown(office)
    assert re.search(r'id="what">Kawan tee, black, M</h2>\s*<p>Costs', page.content.decode())


def test_sum_and_way_are_said_before_the_tap_and_after_it(world, office):
    page = shown(office, each="100,000", many="2")
    assert "To give back Rp200,000 Give Rp200,000 in cash. Take back and give Rp200,000 in cash" in read(page)
    answer = office.post(URL, form_in(page))
    row = Return.objects.get()
    assert row.refunds[0]["amount"] == "200000"
    assert f"Taken back: {row.number}. Give Rp200,000 in cash." in read(office.get(answer.url))
    assert list(misshapen(page.content.decode())) == []


def test_amount_is_read_as_the_page_is(world, office):
    assert "give Rp149,000 in cash" in read(shown(office, each="149,000"))
    assert "give Rp149,000 in cash" in read(shown(office, each="Rp149000"))
    assert "too many decimals: the smallest coin is Rp1. Type it like this: 149,000" in read(
        shown(office, each="149.000")
    )
    page = in_indonesian(office).get(URL, {"article": "TEE", "each": "149.000"})
    assert "Rp149.000" in read(page)
    assert fields_of(page, URL)["sum"] == "149000"
    office.post(URL, form_in(page))
    assert Decimal(Return.objects.get().refunds[0]["amount"]) == 149000


def test_amount_of_a_currency_with_decimals_is_read(world, office):
    world.dago.partner.location.currency = "EUR"
    world.dago.partner.location.save()
    StockRecord.objects.filter(partner_sku="TEE").update(price_currency="EUR", price="149.50")
    assert "give €149.50 in cash" in read(shown(office, each="149.5"))
    assert "too many decimals: the smallest coin is €0.01. Type it like this: 1,149.50" in read(
        shown(office, each="99.505")
    )
    assert "149,50" in read(in_indonesian(office).get(URL, {"article": "TEE", "each": "149,5"}))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"each": ""}, "Say how much is given for each."),
        ({"each": "0"}, "What is given for each has to be more than nothing."),
        ({"each": "-5"}, "What is given for each has to be more than nothing."),
        ({"each": "1e5"}, "“1e5” is no amount."),
        ({"each": "149.5"}, "“149.5” has too many decimals"),
        ({"each": "14,90"}, "“14,90” is no amount."),
        ({"each": "200,000"}, "It costs Rp149,000 today: no more is given for it."),
        ({"many": "0"}, "Nothing is chosen yet."),
        ({"many": "100"}, "Nothing is chosen yet."),
        ({"note": " "}, "Say why there is no receipt."),
        ({"sum": "99000"}, "Now it is Rp100,000, not what the button said."),
        ({"method": "voucher"}, "in another way than the button said"),
        ({"method": "gold"}, "out of date"),
        ({"nonce": "short"}, "out of date"),
    ],
)
def test_what_is_refused_is_said_once_and_what_was_typed_stands_there_still(world, office, typed, words):
    said = form_in(shown(office, **FORM)) | typed
    answer = office.post(URL, said)
    assert read(answer, 409).count(words) == 1
    assert not Return.objects.exists()
    kept = fields_of(answer, URL)
    assert {name: kept[name] for name in ("many", "each", "why", "then")} == {
        name: said[name] for name in ("many", "each", "why", "then")
    }


def test_note_and_way_stand_there_still(world, office):
    kept = fields_of(office.post(URL, FORM | {"each": "x", "method": "voucher", "nonce": nonce(1)}), URL)
    assert (kept["note"], kept["method"]) == ("A present", "voucher")


def test_without_scripts_a_button_shows_the_sum_and_takes_nothing(world, office):
    page = office.post(URL, FORM | {"show": "sum", "method": "voucher"})
    assert "Take back and give Rp100,000 as a voucher" in read(page)
    assert not Return.objects.exists()
    assert office.post(URL, form_in(page)).status_code == 302


def test_what_has_no_price_here_has_no_form(world, office):
    StockRecord.objects.filter(partner_sku="TEE").update(price=None)
    page = shown(office, each="1")
    assert "It has no price here" in read(page)
    assert 'name="each"' not in page.content.decode()


def test_the_page_is_a_managers(office):
    assert f'href="{URL}"' in office.get("/staff/returns/").content.decode()


@pytest.mark.parametrize("number", ["\x00", 999 * "R"])
def test_number_that_none_has_is_no_return(office, number):
    assert office.get(URL, {"done": number}).status_code == 200
