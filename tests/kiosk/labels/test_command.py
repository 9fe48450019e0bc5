import io

import pypdf
import pytest
from django.core.management import CommandError, call_command

from kiosk.labels import make
from kiosk.labels.models import PrintedLabel, PrintRun
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.design.paper import NoPaper
from omni_sync.oscar.models import Category
from tests.kiosk.labels.paper import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, store):
    """The command, for the store; what it says, and the PDF."""

    def command(*args, store="menteng"):
        out, err, file = io.StringIO(), io.StringIO(), tmp_path / "labels.pdf"
        call_command("shelf_labels", "--store", store, "-o", str(file), *args, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue(), file.read_bytes()

    return command


def test_everything_in_the_store_is_written_unless_some_is_named(run, shelve, store):
    for number in range(22):
        shelve(f"TEE-{number}", place=f"A-{number}")
    shelve("NO-PRICE", price=None)
    said, beside, pdf = run()
    assert "22 labels on 2 pages" in said
    assert "left out, without a price: NO-PRICE" in beside
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    said, beside, pdf = run("--sku", "TEE-3", "TEE-4", "--sku", "nobody", "--format", "shelf-70x38")
    assert "2 labels on 2 pages" in said
    assert "not known in this store: nobody" in beside
    assert "TEE-4" in words(pdf, 1)


def test_goods_come_from_a_file_a_category_or_the_queue(run, shelve, tmp_path):
    tee, _cap = shelve("TEE-M"), shelve("CAP", gtin="")
    listed = tmp_path / "list.txt"
    listed.write_text("CAP\n")
    said, beside, _ = run("--file", str(listed))
    assert "1 labels on 1 pages" in said
    assert "without a code, for want of a GTIN: CAP" in beside
    Category.add_root(name="Men", slug="men").product_set.add(tee.parent)
    rebuild_entries()
    assert "1 labels" in run("--category", "men", "--format", "a4-2x4")[0]
    assert "2 labels" in run("--changed")[0]
    assert not PrintedLabel.objects.exists()
    assert "2 labels" in run("--changed", "--on-the-shelves")[0]
    with pytest.raises(CommandError, match="nothing to print"):
        run("--changed")


def test_paper_is_in_the_stores_language_unless_another_is_named(run, shelve, store):
    shelve("TEE-M")
    type(store).objects.update(country_code="ID")
    assert "Rp149.000" in words(run()[2])
    assert "Rp149,000" in words(run("--language", "en")[2])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--sku", "x", "--changed"], "Say one of --sku, --changed"),
        (["--category", "nothing"], "no category 'nothing'"),
        (["--file", "/nothing/here"], "No such file"),
        (["--sku", "nobody"], "nothing to print"),
        ([], "nothing to print"),
    ],
)
def test_what_it_cannot_do_is_one_line(run, args, said):
    with pytest.raises(CommandError, match=said):
        run(*args)


def test_an_unknown_store_is_refused(run):
    with pytest.raises(CommandError, match="no store with the code 'tokyo'"):
        run(store="tokyo")


def test_a_machine_that_cannot_draw_says_what_to_install(run, shelve, monkeypatch):
    def lacking(*_, **__):
        raise NoPaper("Pango")

    monkeypatch.setattr(make, "sheets", lacking)
    shelve("TEE-M")
    with pytest.raises(CommandError, match="apt-get install libpango"):
        run()
    assert PrintRun.objects.get().failure == "no-paper"
