"""CSV files written for a test, and events written as the rows they came from."""

import csv
import io
import json

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.files.csv.columns import COLUMNS
from omni_sync.pos.files.csv.dialect import Dialect
from omni_sync.pos.files.csv.source import CsvFile
from omni_sync.pos.files.stores import Stores


class Told:
    """What a CSV file comes to."""

    def __init__(self, path, text, named=None, **dialect):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        stores = named or Stores(dialect.get("stores", {}), dialect.get("store", ""), {"menteng": "IDR"}.get)
        file = CsvFile(path, Dialect(**dialect), stores)
        told = list(file.events())
        self.places = [one.place for one in told]
        self.events = [json.loads(one.event) for one in told if one.event]
        self.errors = [f"{one.place}: {one.error}" for one in told if not one.event]
        self.rows_rejected, self.broken, self.notes = file.rows_rejected, file.broken, file.notes

    @property
    def only(self):
        assert (len(self.events), self.errors) == (1, [])
        event = self.events[0]
        assert read(json.dumps(event).encode()).rejected == []
        return event


HEADER = {"register", "associate", "claim", "exchange", "currency", "reference", "transfer", "to", "from"}
SUMS = {"discount": "sale_discount", "shipping": "shipping", "rounding": "rounding", "total": "total"}


def rows_of(event):
    """The rows that say this event: one for each line, then one for each further payment."""
    data = event["data"]
    said = {name: event[name] for name in ("id", "type", "store", "occurred_at")}
    said |= {name: value for name, value in data.items() if name in HEADER}
    said["document"] = data.get("sale") or data.get("return") or data.get("document") or ""
    if event["type"] == "sale.voided":
        said["voids"] = "return" if "return" in data else "sale"
    if event["type"] == "sale.completed":
        said |= {ours: data[name] for name, ours in SUMS.items() if name in data}
        said |= {"tax_included": str(data["tax_included"]).lower()} if "tax_included" in data else {}
    said |= {f"customer_{name}": value for name, value in data.get("customer", {}).items()}
    said |= {f"original_{name}": value for name, value in data.get("original", {}).items()}
    key = {name: said[name] for name in ("id", "type", "store", "occurred_at", "document", "voids") if name in said}
    lines = [{**key, **line} for line in data.get("lines", [{}])]
    payments = data.get("payments") or data.get("refunds") or []
    paid = [{**key, **{f"payment_{name}": value for name, value in payment.items()}} for payment in payments]
    rows = [said | lines[0], *lines[1:], *paid]
    return [
        {name: str(value).lower() if isinstance(value, bool) else value for name, value in row.items()} for row in rows
    ]


def sheet(events, *, delimiter=",", newline="\r\n"):
    file = io.StringIO()
    writer = csv.DictWriter(file, sorted(COLUMNS - {"date", "time"}), delimiter=delimiter, lineterminator=newline)
    writer.writeheader()
    for event in events:
        writer.writerows(rows_of(event))
    return file.getvalue()
