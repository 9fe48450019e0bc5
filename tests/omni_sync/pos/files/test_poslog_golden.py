"""A day of one shop in POSLog 6, and the older shape: exactly these events."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from omni_sync.money import document
from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.files.poslog.source import PosLog
from omni_sync.pos.files.stores import Stores

GOLDEN = Path(__file__).parent / "golden"
NAMES = {"day": {"101": "menteng", "102": "kemang"}, "older": {}}


def events_of(name):
    log = PosLog(GOLDEN / f"{name}.xml", Stores(NAMES[name]))
    told = list(log.events())
    assert [one.error for one in told if one.error] == []
    return log, [json.loads(one.event) for one in told]


@pytest.mark.parametrize("name", NAMES)
def test_a_poslog_becomes_exactly_these_events(name):
    _, events = events_of(name)
    assert events == json.loads((GOLDEN / f"{name}.json").read_text())
    assert read(json.dumps(events).encode()).rejected == []


def test_what_changes_no_books_is_counted_by_what_it_is():
    log, _ = events_of("day")
    assert log.ignored == {"ControlTransaction": 1, "training": 1, "cancelled": 1, "unfinished": 1}
    assert (log.rows_rejected, log.broken) == (0, "")


def test_lines_of_nothing_are_left_out_and_counted():
    log, _ = events_of("older")
    assert log.rows_rejected == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_sale_adds_up_to_the_last_unit(name):
    _, events = events_of(name)
    for data in (event["data"] for event in events if event["type"] == "sale.completed"):
        lines = [document.Line(Decimal(line["amount"]), Decimal(line["tax"])) for line in data["lines"]]
        flags = document.check(
            lines=lines,
            tax_included=data["tax_included"],
            total=Decimal(data["total"]),
            payments=[Decimal(p["amount"]) for p in data["payments"]],
            discount=Decimal(data["discount"]),
            rounding=Decimal(data["rounding"]),
        )
        assert flags == []
