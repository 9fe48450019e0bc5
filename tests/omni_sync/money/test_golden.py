"""The golden vectors against the arithmetic alone: no order, no receipt, no database."""

import ast
from decimal import Decimal

import pytest

from omni_sync.money.allocation import allocate
from omni_sync.money.document import Line, check, total_of
from omni_sync.money.parts import part_of
from omni_sync.money.rounding import round_cash
from omni_sync.payments.stripe.amounts import from_wire, to_wire
from tests.omni_sync.money.golden import arithmetic, make
from tests.omni_sync.money.vectors import GOLDEN, vectors

D = Decimal


@pytest.mark.parametrize("name", make.FILES)
def test_what_is_kept_is_what_is_worked_out(name):
    assert (GOLDEN / f"{name}.json").read_text() == make.written(name)


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.py")), ids=lambda file: file.stem)
def test_vectors_are_worked_out_without_us(file):
    nodes = list(ast.walk(ast.parse(file.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    assert names <= {"json", "fractions", "pathlib", arithmetic.__name__}


@pytest.mark.parametrize("vector", vectors("sales"), ids=lambda vector: vector["name"])
def test_documents_add_up(vector):
    told = vector["document"]
    parts = {
        "lines": [Line(D(line["amount"]), D(line["tax"])) for line in told["lines"]],
        "tax_included": told["tax_included"],
        **{key: D(told[key]) for key in ("discount", "shipping", "rounding")},
    }
    assert total_of(**parts) == D(vector["expect"]["total"])
    assert check(**parts, total=D(told["total"]), payments=[D(one["amount"]) for one in told["payments"]]) == []


@pytest.mark.parametrize("vector", vectors("refunds"), ids=lambda vector: vector["name"])
def test_pieces_brought_back_one_after_the_other_leave_nothing(vector):
    currency, lines = vector["currency"], vector["lines"]
    amounts = [D(line["amount"]) for line in lines]
    off = allocate(total=D(vector["discount"]), weights=amounts, currency=currency)
    worth = [amount - share for amount, share in zip(amounts, off, strict=True)]
    assert worth == [D(one) for one in vector["worth"]]
    left = {line["sku"]: (line["quantity"], money) for line, money in zip(lines, worth, strict=True)}
    for back in (line for step in vector["steps"] for line in step):
        quantity, money = left[back["sku"]]
        part = part_of(money, units=back["quantity"], of=quantity, currency=currency)
        assert part == D(back["amount"])
        left[back["sku"]] = quantity - back["quantity"], money - part
    assert set(left.values()) == {(0, 0)}


@pytest.mark.parametrize("vector", vectors("picks"), ids=lambda vector: vector["name"])
def test_what_stays_in_the_bag_costs_its_part(vector):
    stays = part_of(D(vector["whole"]), units=vector["kept"], of=vector["quantity"], currency="IDR")
    assert (stays, D(vector["whole"]) - stays) == (D(vector["stays"]), D(vector["goes"]))


def test_coins_that_exist():
    for row in vectors("coins"):
        assert round_cash(D(row["amount"]), step=D(row["coin"])) == (D(row["paid"]), D(row["rounding"])), row


def test_what_the_provider_counts():
    for row in vectors("provider"):
        assert to_wire(D(row["amount"]), row["currency"]) == row["provider"], row
        assert from_wire(row["provider"], row["currency"]) == D(row["amount"]), row
