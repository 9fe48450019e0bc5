"""What the guide shows is taken as it stands there."""

import json
import re
import tomllib

import pytest

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.files.csv.columns import COLUMNS
from omni_sync.pos.files.csv.dialect import Dialect
from tests.omni_sync.pos.files import sheets, tickets


@pytest.fixture
def example(root):
    guide = (root / "docs" / "files.md").read_text()
    return lambda kind: re.search(rf"```{kind}\n(.*?)```", guide, re.DOTALL)[1]


def test_the_rows_it_shows(example, tmp_path):
    told = sheets.Told(tmp_path / "till.csv", example("csv"))
    assert (told.errors, told.notes) == ([], [])
    assert [event["type"] for event in told.events] == ["sale.completed", "sale.returned", "stock.counted"]
    assert read(json.dumps(told.events).encode()).rejected == []


def test_the_poslog_it_shows(example, tmp_path):
    sale = tickets.Told(tmp_path / "log.xml", example("xml")).only
    assert (sale["data"]["sale"], sale["data"]["payments"]) == (
        "2026-11-20.2.501", [{"method": "cash", "amount": "149000"}],
    )  # fmt: skip


def test_the_mapping_it_shows(example):
    assert Dialect(**tomllib.loads(example("toml"))).kind("Verkauf") == "sale.completed"


def test_it_names_every_column(root):
    guide = (root / "docs" / "files.md").read_text()
    assert {name for name in COLUMNS if f"`{name}`" not in guide} == set()
