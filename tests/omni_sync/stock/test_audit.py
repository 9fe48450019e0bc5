"""The audit finds whatever somebody wrote past the ledger, and the export says what is there."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold, Level, Movement, Shortfall
from tests.factories import (
    NOON,
    make_connection,
    make_record,
    make_store,
    returned,
    sale,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    store = make_store("menteng", safety=1)
    record = make_record(store, on_hand=10)
    make_record(make_store("kemang"), sku="CAP", on_hand=2)
    with transaction.atomic():
        hold(lines=[Line(record.pk, 3)], holder=Holder("order", "1"), until=None)
    till = make_connection(store)
    tell_all(till, sale(store, "R-1", {"TEE": 1}), returned(store, "B-1", {"TEE": 1}, of="R-1"))
    tell_all(till, voided(store, sale="R-1", at=NOON + timedelta(hours=1)))
    return record


TAMPERING = {
    "on hand": ("R1 on hand", lambda: Level.objects.update(on_hand=99)),
    "counted at": ("R1 on hand", lambda: Level.objects.update(counted_at=NOON)),
    "a movement gone": ("R1 on hand", lambda: Movement.objects.filter(kind="counted").delete()),
    "an answer gone": ("R1b voids", lambda: Movement.objects.filter(kind="void").delete()),
    "an answer at another time": ("R1b voids", lambda: Movement.objects.filter(kind="void").update(occurred_at=NOON)),
    "held": ("R4 holds", lambda: Level.objects.update(held=7)),
    "a hold gone": ("R4 holds", lambda: Hold.objects.all().delete()),
    "oscar's stock": ("R5 projection", lambda: StockRecord.objects.update(num_in_stock=1)),
    "oscar's allocation": ("R5 projection", lambda: StockRecord.objects.update(num_allocated=0)),
    "oscar's nothing": ("R5 projection", lambda: StockRecord.objects.update(num_allocated=None)),
    "a level gone": ("R5 ledger", lambda: Level.objects.filter(held=0).delete()),
    "a shortfall nobody has": (
        "R2 promises", lambda: Shortfall.objects.create(stockrecord=StockRecord.objects.first(), missing=2)
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERING)
def test_a_tampered_book_is_found(shop, how, capsys):
    rule, tamper = TAMPERING[how]
    assert violations() == []
    tamper()
    assert rule in {row["rule"] for row in violations()}
    with pytest.raises(SystemExit) as stopped:
        call_command("audit_stock")
    assert stopped.value.code == 1
    printed = capsys.readouterr()
    assert rule in printed.err
    assert rule in {row["rule"] for row in json.loads(printed.out.splitlines()[-1])["violations"]}


def test_a_clean_book_is_counted(shop, capsys):
    call_command("audit_stock", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == {"levels": 2, "movements": Movement.objects.count(), "open_holds": 1, "violations": []}


def test_the_export_is_what_is_there_held_and_available(shop, capsys):
    call_command("export_stock")
    assert capsys.readouterr().out.splitlines() == [
        "store,sku,on_hand,held,available", "kemang,CAP,2,0,2", "menteng,TEE,10,3,6",
    ]  # fmt: skip
    call_command("export_stock", store="kemang")
    assert capsys.readouterr().out.splitlines()[1:] == ["kemang,CAP,2,0,2"]
    with pytest.raises(CommandError):
        call_command("export_stock", store="nowhere")


def test_adopting_is_a_command_too(shop, capsys):
    Level.objects.all().delete()
    Movement.objects.all().delete()
    Hold.objects.all().delete()
    StockRecord.objects.update(num_in_stock=4, num_allocated=None)
    call_command("adopt_stock")
    assert "2 stock records" in capsys.readouterr().out
    assert violations() == []
