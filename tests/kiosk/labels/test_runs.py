"""From asking for labels to their hanging on the shelves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from instore.stores.language import language_of_country
from kiosk.labels import make
from kiosk.labels.begin import begin
from kiosk.labels.confirm import confirm
from kiosk.labels.exceptions import NothingToPrint, NotMade
from kiosk.labels.models import PrintedLabel, PrintRun
from kiosk.labels.queries import Found, of_queue, of_store, queue
from omni_sync.design.paper import NoPaper
from omni_sync.oscar.models import Product, StockRecord
from tests.kiosk.labels.paper import words

pytestmark = pytest.mark.django_db


def ask(store, found=None, **chosen):
    with transaction.atomic():
        return begin(store=store, found=found or of_queue(store.pk), **{"paper": "a4-3x7", "language": "en", **chosen})


def hang(run, by=None):
    with transaction.atomic():
        return confirm(run=run, by=by)


def skus(store):
    return [each.label.sku for each in queue(store.pk)[0]]


def test_a_printer_that_jams_loses_nothing(store, shelve, manager):
    shelve("TEE-M")
    run = ask(store, by=manager)
    with pytest.raises(NotMade):
        hang(run)
    assert make.make_sheets(run_id=run.pk)
    assert skus(store) == ["TEE-M"]  # made, even downloaded, is not on the shelf
    again = ask(store)
    assert make.make_sheets(run_id=again.pk)
    assert hang(again, by=manager)
    assert not hang(again)
    assert skus(store) == []
    assert PrintedLabel.objects.get().by == manager
    assert PrintRun.objects.get(pk=again.pk).confirmed_by == manager


def test_what_hangs_there_is_what_was_printed_not_what_is_true_by_then(store, shelve):
    shelve("TEE-M")
    run = ask(store)
    StockRecord.objects.update(price=Decimal(129000))
    make.make_sheets(run_id=run.pk)
    assert "Rp149,000" in words(bytes(PrintRun.objects.get().pdf))
    hang(run)
    ((stale,), _) = queue(store.pk)
    assert (stale.why, stale.old_price, stale.label.price) == ("price", Decimal(149000), Decimal(129000))


@pytest.mark.django_db(transaction=True)
def test_an_older_print_that_is_confirmed_later_takes_nothing_back(store, shelve):
    shelve("TEE-M")
    old = ask(store)
    StockRecord.objects.update(price=Decimal(129000))
    new = ask(store)
    for run in (old, new):
        make.make_sheets(run_id=run.pk)
    assert hang(new)
    assert hang(old)
    assert skus(store) == []
    assert PrintedLabel.objects.get().says["price"] == "129000"


def test_goods_that_are_gone_by_then_stop_nothing(store, shelve):
    tee, _cap = shelve("TEE-M"), shelve("CAP")
    run = ask(store)
    make.make_sheets(run_id=run.pk)
    Product.objects.filter(pk=tee.pk).delete()
    assert hang(run)
    assert PrintedLabel.objects.count() == 1


def test_sheets_are_made_once_by_whoever_is_first(store, shelve):
    shelve("TEE-M")
    run = ask(store)
    PrintRun.objects.update(begun_at=timezone.now())
    assert make.make_waiting() == 0  # somebody is at it
    PrintRun.objects.update(begun_at=timezone.now() - timedelta(hours=1))
    assert make.make_waiting() == 1  # who was at it is dead
    assert not make.make_sheets(run_id=run.pk)


@pytest.mark.parametrize(("failure", "said"), [(NoPaper("Pango"), "no-paper"), (ValueError(), "broken")])
def test_a_run_that_cannot_be_made_says_so_and_its_labels_stay(store, shelve, monkeypatch, failure, said):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr(make, "sheets", fail)
    shelve("TEE-M")
    run = ask(store)
    assert not make.make_sheets(run_id=run.pk)
    assert make.make_waiting() == 0
    run.refresh_from_db()
    assert (run.failure, run.made_at, run.is_waiting) == (said, None, False)
    assert skus(store) == ["TEE-M"]


def test_nothing_to_print_is_refused_with_what_stands_in_the_way(store, shelve):
    with pytest.raises(NothingToPrint) as refusal:
        ask(store, Found(unpriced=["TEE-M"], unknown=["nobody"]))
    assert (refusal.value.unpriced, refusal.value.unknown) == (["TEE-M"], ["nobody"])


def test_the_database_knows_no_shelf_before_the_sheets(store, shelve):
    shelve("TEE-M")
    ask(store)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintRun.objects.update(confirmed_at=timezone.now())


def test_old_sheets_are_forgotten_and_what_hangs_is_not(store, shelve):
    shelve("TEE-M")
    hung, jammed = ask(store), ask(store)
    for run in (hung, jammed):
        make.make_sheets(run_id=run.pk)
    hang(hung)
    assert make.forget() == 0
    PrintRun.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert make.forget() == 0
    assert not PrintRun.objects.filter(pdf__isnull=False).exists()
    long_ago = timezone.now() - timedelta(days=31)
    PrintRun.objects.filter(pk=jammed.pk).update(asked_at=long_ago)
    PrintRun.objects.filter(pk=hung.pk).update(asked_at=long_ago, confirmed_at=long_ago)
    assert make.forget() == 1
    assert PrintRun.objects.get().labels == []
    assert PrintedLabel.objects.count() == 1


def test_paper_speaks_the_language_of_its_country(store, settings):
    for country, language in [("ID", "id"), ("id", "id"), ("GB", "en"), ("DE", "en"), ("", "en"), ("ZZ", "en")]:
        store.country_code = country
        assert language_of_country(store.country_code) == language


def test_a_run_of_nothing_shown_is_still_one_print(store, shelve):
    shelve("TEE-M", gtin="")
    run = ask(store, of_store(store.pk))
    assert run.without_code == ["TEE-M"]
