"""A benchmark comes to its end at a tiny size, finds the books right and says what the contract promises."""

import json
import re
from pathlib import Path

import psycopg
import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command

from settings import environment
from settings.bench import databases, journeys, pgbench, screens, today_paint
from settings.bench.rows import Row, Size, middle, table
from settings.bench.run import NAMES
from settings.walk import browser


def bench_databases():
    with psycopg.connect(environment.text("DATABASE_URL")) as door:
        return door.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{databases.PREFIX}%"]
        ).fetchall()


@pytest.mark.long
@pytest.mark.timeout(900)  # with a web server of their own
def test_a_benchmark_says_figure_limit_and_ratio_finds_the_books_right_and_leaves_nothing(tmp_path):
    """Of two, which are here for all: `.ci/run` has every one come to its end, by `make bench ARGS=--quick`."""
    file = tmp_path / "bench.json"
    call_command("bench", "hold", "availability", "--quick", json=file)
    found = json.loads(file.read_text())
    assert found["machine"]["cores"] >= 1
    rows = {row["name"]: row for row in found["rows"]}
    assert list(rows) == ["hold", "hold-hot", "availability", "availability-12"]
    for row in rows.values():
        assert row["figure"] > 0
        assert row["limit"] > 0
        assert row["ratio"] == pytest.approx(row["figure"] / row["limit"], rel=0.1)
        assert row["limit_is"]
        assert row["checks"]
        assert all(row["checks"].values())
    assert rows["hold"]["checks"]["8 buyers of 50 units got 50"]
    few, many = rows["availability"]["details"], rows["availability-12"]["details"]
    assert (few["shops"], many["shops"]) == (5, 12)
    assert few["queries"] == many["queries"] <= 3
    assert bench_databases() == []


def test_an_unknown_name_is_refused_with_those_there_are():
    known = re.escape(f"no benchmark tea. There are {', '.join(NAMES)}")
    with pytest.raises(CommandError, match=known):
        call_command("bench", "tea")


def row(**changes):
    return Row(**{"name": "hold", "unit": "holds/s", "figure": 300.0, "limit": 1000.0, "limit_is": "it", **changes})


@pytest.mark.parametrize(
    ("changes", "reached"),
    [
        ({}, None),
        ({"least_ratio": 0.3}, True),
        ({"least_ratio": 0.31}, False),
        ({"least_figure": 300}, True),
        ({"least_figure": 301}, False),
        ({"most_figure": 300}, True),
        ({"most_figure": 299}, False),
        ({"least_ratio": 0.3, "least_figure": 301}, False),
        ({"least_ratio": 0.3, "limit": None}, None),
    ],
)
def test_a_bar_is_reached_or_not_or_not_known(changes, reached):
    assert row(**changes).is_reached is reached


def test_the_table_shows_what_failed():
    lines = list(table([row(checks={"51 of 50 sold": False}).as_json()]))
    assert lines[-1] == "hold: FAILED: 51 of 50 sold"
    assert "0.300" in lines[1]


def test_the_round_with_the_middle_ratio_counts():
    assert middle([(10, 100.0), (90, 100.0), (20, 50.0)]) == (20, 50.0)
    assert middle([(10, None), (30, None), (20, None)]) == (20, None)


def test_without_pgbench_the_limit_is_not_measured(monkeypatch):
    monkeypatch.setattr(pgbench, "program", lambda: None)
    assert pgbench.per_second("SELECT 1", clients=1, seconds=1, variables={}) is None


def test_a_database_address_keeps_everything_but_the_name(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example:6432/shop?sslmode=require")
    there = environment.database(None)
    monkeypatch.setenv("DATABASE_URL", databases.address("bench"))
    here = environment.database(None)
    assert (here.name, here.host, here.port, here.user, here.password, here.options) == (
        "bench", there.host, there.port, there.user, there.password, there.options,
    )  # fmt: skip


def test_without_a_browser_it_is_said_that_nothing_was_painted(monkeypatch, capsys):
    monkeypatch.setattr(browser, "NAMES", ("no-such-browser",))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert list(today_paint.painted(1, "/staff/today/", {}, Size())) == []
    assert "today-paint is left out: there is no Chromium" in capsys.readouterr().err


def test_a_screen_waits_as_long_as_a_page_does():
    script = Path(finders.find("lintas/live.js")).read_text()
    crowd, alone = re.search(r"dataset\) \? (\d+) : (\d+)\)", script).groups()
    assert (int(crowd) / 1000, int(alone)) == (screens.SPREAD, 0)


def test_a_big_button_of_a_sheet_is_pressed_with_what_stands_in_its_form():
    button = '<button class="staff-go" name="quantity" value="{}">'
    typed = '<form method="post" action="/7/found/"><input name="article" type="text"><button class="staff-go"></form>'
    line = '<form method="post" action="/7/found/"><input name="line" value="3">'
    page = screens.Page(f"{typed}{line}{button.format(2)}{button.format(0)}</form>".encode())
    assert journeys.form_on(page, "found") == ("/7/found/", {"line": "3", "quantity": "2"})
    assert journeys.form_on(page, "ready") is None
