"""What goes wrong in a week, and what staff do about it: a little of everything the back office has a page for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shop.seed import example
from shop.seed.deliveries import GONE, delivered
from shop.seed.people import PEOPLE
from shop.seed.places import SHOPS, WAREHOUSE
from shop.seed.week.counter import Counter
from shop.seed.week.voice import Event, Voice

Counters = Mapping[str, Counter]
#: The second till of Sanur, at the Sunday market.
BAZAR: Final = "langkah-bazar"
LATE: Final = "20:45"
PLENTY: Final = 20
SOME: Final = 4


def transfer(counters: Counters, days: int) -> None:
    """Dago sends Menteng what it has plenty of; it arrives the next morning."""
    sender, receiver = counters["dago"], counters["menteng"]
    plenty = sorted(sender.shelf, key=lambda sku: (-sender.shelf[sku], sku))
    skus = [sku for sku in plenty if sku != example.SKU][:3]
    lines = _moved(skus, 2)
    number = sender.number(days, "T")
    at = sender.day.at(days, LATE, sender.zone)
    sender.say("transfer.sent", at, {"transfer": number, "to": receiver.code, "lines": lines})
    arrival = receiver.day.at(days + 1, "09:50", receiver.zone)
    receiver.say("transfer.received", arrival, {"transfer": number, "from": sender.code, "lines": lines})
    for sku in skus:
        sender.move(sku, -2)
        receiver.move(sku, 2)


def lose_on_the_way(warehouse: Voice, counters: Counters) -> None:
    """Before the week the warehouse sent Sanur six; five came, and the sixth is looked for ever since."""
    sanur = counters["sanur"]
    sku = next(sku for sku in sorted(sanur.shelf) if delivered(WAREHOUSE[0], sku) > PLENTY)
    number = warehouse.number(-10, "T")
    day = warehouse.day
    sent = {"transfer": number, "to": "sanur", "lines": _moved([sku], 6)}
    warehouse.say("transfer.sent", day.at(-10, "15:20"), sent)
    came = {"transfer": number, "from": WAREHOUSE[0], "lines": _moved([sku], 5)}
    sanur.say("transfer.received", day.at(-9, "09:30", sanur.zone), came)
    sanur.move(sku, 5)


def spoil(counters: Counters, days: int) -> None:
    """The rain comes in at Sanur."""
    sanur = counters["sanur"]
    sku = next(sku for sku in sorted(sanur.shelf) if sanur.shelf[sku] > SOME)
    lines = [{"line": "1", "sku": sku, "quantity": -1, "reason": "wet, the roof leaks"}]
    sanur.say(
        "stock.adjusted", sanur.day.at(days, "17:05", sanur.zone), {"document": sanur.number(days, "A"), "lines": lines}
    )
    sanur.move(sku, -1)


def count(counters: Counters, days: int) -> None:
    """Malioboro counts a shelf after closing: one is missing, the rest is right."""
    shop = counters["malioboro"]
    skus = [sku for sku in sorted(shop.shelf) if sku.startswith("LK-OXF")]
    missing = next(sku for sku in skus if shop.shelf[sku] > 0)
    shop.move(missing, -1)
    lines = [{"line": str(n), "sku": sku, "quantity": max(shop.shelf[sku], 0)} for n, sku in enumerate(skus, 1)]
    shop.say(
        "stock.counted", shop.day.at(days, "22:20", shop.zone), {"document": shop.number(days, "C"), "lines": lines}
    )


def sell_what_the_books_lack(counters: Counters, days: int) -> None:
    """Two shops sell what, by the books, they don't have."""
    for code in ("menteng", "malioboro"):
        shop = counters[code]
        sku = next(sku for sku in sorted(shop.shelf) if shop.shelf[sku] == 0 and not sku.startswith(GONE))
        shop.sell(days, shop.day.at(days, LATE, shop.zone), shop.day.chance(code, "lack"), skus=[sku])


def sell_the_unknown(counters: Counters, days: int) -> None:
    """Darmo sells a thing whose label nobody knows, together with one that is known."""
    shop = counters["darmo"]
    sale = shop.sell(days, shop.day.at(days, LATE, shop.zone), shop.day.chance("unknown"))
    lines = sale["data"]["lines"]
    price = "49000"
    lines.append(
        {
            "line": "9",
            "sku": "LK-SOX-WHT-M",
            "title": "Jalan socks, white, M",
            "quantity": 1,
            "unit_price": price,
            "amount": price,
        }
    )
    _total(sale, sum(int(line["amount"]) for line in lines))


def add_up_wrongly(counters: Counters, days: int) -> None:
    """A till of Darmo takes five hundred rupiah too much."""
    shop = counters["darmo"]
    sale = shop.sell(days, shop.day.at(days, LATE, shop.zone), shop.day.chance("wrong"))
    _total(sale, int(sale["data"]["total"]) + 500)


def void(counters: Counters, days: int) -> None:
    """Dago takes back the evening's last sale, four minutes later."""
    shop = counters["dago"]
    sale = shop.sell(days, shop.day.at(days, "20:50", shop.zone), shop.day.chance("void"))
    shop.say("sale.voided", shop.day.at(days, "20:54", shop.zone), {"sale": sale["data"]["sale"]})
    for line in sale["data"]["lines"]:
        shop.move(line["sku"], line["quantity"])


def join(counters: Counters, days: int) -> None:
    """Somebody gives Malioboro their number, and says yes to messages without being shown what that means."""
    human = next(human for human in PEOPLE if human.home == "malioboro" and not human.has_account)
    shop = counters["malioboro"]
    said = [{"channel": "whatsapp", "purpose": "marketing", "state": "granted"}]
    customer = {"loyalty": human.loyalty, "phone": human.phone, "name": human.name, "consents": said}
    shop.say("customer.upserted", shop.day.at(days, "19:40", shop.zone), customer)


def visit(counters: Counters, days: int) -> None:
    """Somebody from Jakarta is in Bandung, and buys there what they wear: shoes in 42 and something in M."""
    shop = counters["dago"]
    there = [sku for sku in sorted(shop.shelf) if shop.shelf[sku] > SOME and sku != example.SKU]
    skus = [next(sku for sku in there if sku.endswith(f"-{size}")) for size in ("42", "M")]
    sale = shop.sell(days, shop.day.at(days, LATE, shop.zone), shop.day.chance("visit", days), skus=skus)
    sale["data"]["customer"] = {"loyalty": PEOPLE[0].loyalty}


def bring_back(counters: Counters, days: int) -> None:
    """Who bought in Bandung what they wear brings one of it to Jakarta: Menteng gives back what Dago was paid."""
    menteng, dago = counters["menteng"], counters["dago"]
    loyalty = {"loyalty": PEOPLE[0].loyalty}
    theirs = [event["data"] for event in dago.said if event["data"].get("customer") == loyalty]
    sale, line = next((sale, line) for sale in reversed(theirs) for line in sale["lines"] if line["sku"].endswith("-M"))
    amount = str(int(line["amount"]) // line["quantity"])
    came = {"line": "1", "original_line": line["line"], "sku": line["sku"], "quantity": 1, "restock": True}
    data: dict[str, Any] = {
        "return": menteng.number(days, "R"),
        "original": {"sale": sale["sale"], "store": dago.code},
        "currency": sale["currency"],
        "lines": [{**came, "amount": amount}],
        "refunds": [{"method": sale["payments"][0]["method"], "amount": amount}],
    }
    menteng.move(line["sku"], 1)
    menteng.say("sale.returned", menteng.day.at(days, LATE, menteng.zone), data)


def number_twice(counters: Counters, days: int) -> None:
    """Two tickets of Sanur's market stall are rung up at the main till, one under its own number, one under both."""
    shop = counters["sanur"]
    for clock, number in (("20:30", "B-17"), ("20:40", f"B-17-{BAZAR}")):
        shop.sell(days, shop.day.at(days, clock, shop.zone), shop.day.chance(number), number=number)


def at_the_market(day_of: Counter) -> list[Event]:
    """What the stall's own till tells afterwards; whatever its B-17 could be called is in use by then."""
    stall = Counter(SHOPS[4], day_of.day)
    stall.code = "sanur"
    for n in range(14, 18):
        chance = stall.day.chance(BAZAR, n)
        at = stall.day.at(-1, f"{n - 4}:10", stall.zone)
        stall.sell(-1, at, chance, number=f"B-{n}")
    for event in stall.said:
        event["id"] = event["id"].replace("sanur", BAZAR)
    return stall.said


def contradict(counters: Counters) -> list[Event]:
    """Menteng tells two sales again: one as before, one with another amount."""
    shop = counters["menteng"]
    sales = [event for event in shop.said if event["type"] == "sale.completed"]
    yesterday = [sale for sale in sales if sale["occurred_at"] < shop.day.midnight.isoformat()]
    same, other = yesterday[-2], yesterday[-1]
    told = {**other, "id": f"{other['id']}-again", "data": {**other["data"]}}
    _total(told, int(other["data"]["total"]) - 20_000)
    return [same, told]


def _total(sale: Event, total: int) -> None:
    data: dict[str, Any] = sale["data"]
    data["total"] = str(total)
    data["payments"] = [{**data["payments"][0], "amount": str(total)}]


def _moved(skus: list[str], quantity: int) -> list[dict[str, Any]]:
    return [{"line": str(n), "sku": sku, "quantity": quantity} for n, sku in enumerate(skus, 1)]


#: What happens at the end of which day.
DIARY: Final[dict[int, tuple[Callable[[Counters, int], None], ...]]] = {
    -6: (join, visit),
    -5: (spoil, visit),
    -4: (transfer,),
    -3: (sell_the_unknown, sell_what_the_books_lack, bring_back),
    -2: (void, count),
    -1: (add_up_wrongly, number_twice),
}
