"""The golden vectors, and what our books say in their words."""

import json
from decimal import Decimal
from pathlib import Path

from instore.receipts.paper import paper_of
from omni_sync.payments.stripe.amounts import to_wire

GOLDEN = Path(__file__).parent / "golden"


def vectors(name):
    """The vectors of a file."""
    return json.loads((GOLDEN / f"{name}.json").read_text())


def by_name(found):
    """What each vector of ``found`` should come to."""
    return {vector["name"]: numbers(vector["expect"]) for vector in found}


def numbers(value):
    """The same with its amounts as numbers: ``"10.0"`` is ``"10.00"``."""
    match value:
        case dict():
            return {key: numbers(one) for key, one in value.items()}
        case list():
            return [numbers(one) for one in value]
    return Decimal(value)


def order_says(order):
    """Oscar's order and its lines, of a sale at a till."""
    before, gross, net = "line_price_before_discounts_incl_tax", "line_price_incl_tax", "line_price_excl_tax"
    rows = order.lines.order_by("pk").values(before, gross, net)
    return {
        "total": order.total_incl_tax,
        "total_excl_tax": order.total_excl_tax,
        "lines": [{"discount": row[before] - row[gross], "gross": row[gross], "net": row[net]} for row in rows],
        "provider": to_wire(order.total_incl_tax, order.currency),
    }


def paper_says(order):
    """The receipt of an order."""
    paper = paper_of(order)
    return {
        "total": paper.total,
        "lines": [{"discount": line.discount, "gross": line.gross, "net": line.net} for line in paper.lines],
        "taxes": [[Decimal(one.rate), one.net, one.tax] for one in paper.taxes],
    }


def only(expected, *keys):
    """Those keys of what every vector should come to."""
    return {name: {key: value[key] for key in keys} for name, value in expected.items()}
