"""What the books must say of a set of events: DOMAIN R1, R1b and R6 as one formula, knowing nothing of our code."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

NUMBERED = {"sale.completed": "sale", "sale.returned": "return"}
SIGN = {"sale.completed": -1, "transfer.sent": -1}


@dataclass(frozen=True)
class Move:
    store: str
    sku: str
    at: datetime
    quantity: int
    covered_by: tuple = ()  # the documents whose void answers it


def instant(event, zone):
    at = datetime.fromisoformat(event["occurred_at"])
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def moves_of(event, zone):
    data, store = event["data"], event["store"]
    documents = ()
    if kind := NUMBERED.get(event["type"]):
        documents = ((store, kind, data[kind]),)
        original = data.get("original", {})
        if "sale" in original:
            documents += ((original.get("store", store), "sale", original["sale"]),)
    for line in data.get("lines", ()):
        quantity = SIGN.get(event["type"], 1) * line["quantity"] if line.get("restock", True) else 0
        yield Move(store, line["sku"], instant(event, zone), quantity, documents)


def number_of(event):
    """What its store and type call it: its number, its document, else its id."""
    data = event["data"]
    return next((f"{key}/{data[key]}" for key in ("sale", "return", "document") if key in data), event["id"])


def once(events):
    """Each event once, by its id and by its document."""
    by_id = {event["id"]: event for event in events}
    return list({(e["store"], e["type"], number_of(e)): e for e in by_id.values()}.values())


def deltas(events, zone):
    """Every change of stock that ever happened, answers of voids included."""
    told = once(events)
    voids = {}
    for event in told:
        if event["type"] == "sale.voided":
            for kind, number in event["data"].items():
                voids[event["store"], kind, number] = instant(event, zone)
    for event in told:
        if event["type"] != "stock.counted":
            for move in moves_of(event, zone):
                yield move
                at = min((voids[d] for d in move.covered_by if d in voids), default=None)
                if at is not None:
                    yield Move(move.store, move.sku, max(move.at, at), -move.quantity)


def counts(events, zone):
    """{(store, sku): (instant, event id, quantity)} of the last count of each."""
    last = {}
    for event in once(events):
        if event["type"] == "stock.counted":
            per_sku = Counter()
            for move in moves_of(event, zone):
                per_sku[move.store, move.sku] += move.quantity
            for key, quantity in per_sku.items():
                said = (instant(event, zone), event["id"].encode(), quantity)
                last[key] = max(last.get(key, said), said)
    return last


def books(events, zone):
    """{(store, sku): on hand}, for everything that was ever spoken of."""
    last = counts(events, zone)
    result = Counter({key: quantity for key, (_, _, quantity) in last.items()})
    for move in deltas(events, zone):
        key = move.store, move.sku
        result[key] += move.quantity if key not in last or move.at > last[key][0] else 0
    return dict(result)


def instants(events, zone):
    """{(store, sku, instant): change}, nothings left out."""
    sums = Counter()
    for move in deltas(events, zone):
        sums[move.store, move.sku, move.at] += move.quantity
    return {key: quantity for key, quantity in sums.items() if quantity}
