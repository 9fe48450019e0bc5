"""``manage.py receipt``: a file, or one line that says why not."""

import io

import pytest
from django.core.management import CommandError, call_command

from instore.receipts.address import link_of
from instore.receipts.find import by_number
from instore.receipts.models import Letterhead, Receipt
from instore.stores.models import Store
from tests.factories import make_connection, make_record, sale, tell_all
from tests.instore.pickup import conftest as pickups
from tests.instore.places import make_store
from tests.instore.receipts import test_paper as papers
from tests.instore.receipts.reading import of_escpos, of_html, of_pdf, sizes, symbols, words

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip
store, sold = papers.store, papers.sold
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """The command; the bytes of its file."""

    def command(number, *args):
        file = tmp_path / "receipt"
        call_command("receipt", number, "-o", str(file), *args, stdout=io.StringIO())
        return file.read_bytes()

    return command


def test_receipt_is_written_in_every_format(run, store):
    sold(store)
    page = run("R-1", "--format", "html", "--language", "en")
    told = words(of_html(page.decode()))
    plain, thermal = run("R-1", "--language", "en"), run("R-1", "--format", "thermal", "--language", "en")
    assert words(of_pdf(plain)) == told
    assert words(of_pdf(thermal)) - told == {"COPY": 1}
    assert (sizes(plain), sizes(thermal)[0][0]) == ([(210, 297)], 80)
    assert symbols(thermal) == [link_of(Receipt.objects.get())]
    assert "Rp339,900" in of_escpos(run("R-1", "--format", "escpos", "--language", "en"))
    assert Receipt.objects.get().printed == 3


def test_paper_speaks_the_language_of_its_country(run, store):
    Store.objects.update(country_code="ID")
    sold(store)
    assert '<html lang="id">' in run("R-1", "--format", "html").decode()


def test_receipt_is_found_by_its_own_number_too(run, store):
    Letterhead.objects.create(store=store, counts=True, prefix="MT-")
    number = by_number(sold(store).number).number
    assert number == "MT-1"
    assert run(number, "--format", "escpos") != run("R-1", "--format", "escpos")  # the second is a copy


def test_what_there_is_no_receipt_of_is_said_in_one_line(run, pickup, store_twins):
    for number, why in (
        ("nothing", "There is no receipt"), (pickup.order.number, "Rp447,000 is still to be paid"),
        ("R-1", "Several stores"),
    ):  # fmt: skip
        with pytest.raises(CommandError, match=why) as refusal:
            run(number)
        assert "\n" not in str(refusal.value)


@pytest.fixture
def store_twins(db):
    """Two stores whose tills use the same number."""
    for code in ("dago", "darmo"):
        partner = make_store(code).partner
        make_record(partner, sku=f"CAP-{code}")
        tell_all(make_connection(partner), sale(partner, "R-1", {f"CAP-{code}": 1}))


def test_file_that_cannot_be_written_counts_no_print(store, tmp_path):
    sold(store)
    with pytest.raises(CommandError, match="No such file"):
        call_command("receipt", "R-1", "-o", str(tmp_path / "no" / "file"))
    assert Receipt.objects.get().printed == 0
