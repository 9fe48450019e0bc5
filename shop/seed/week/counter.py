"""One shop's counter through the week: goods come in, people buy, some bring things back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from shop.seed import example
from shop.seed.day import DAYS, Day
from shop.seed.deliveries import delivered
from shop.seed.people import PEOPLE, Human
from shop.seed.places import CURRENCY, Shop
from shop.seed.week.goods import Article, articles
from shop.seed.week.rhythm import sales_of
from shop.seed.week.voice import Event, Voice

METHODS: Final = ("card", "qris", "cash")
FEW, ENOUGH = 2, 6  # on the shelf: when more is asked for; and how many the example keeps
#: How often: low goods are ordered again; something comes back, good as new; the second register rings; two of a kind
#: are bought; a line is reduced; the buyer gives a loyalty number, of this shop's own people.
REORDERED: Final = 0.6
RETURNED: Final = 0.025
AS_NEW: Final = 0.8
SECOND: Final = 0.35
TWO: Final = 0.06
REDUCED: Final = 0.1
KNOWN: Final = 0.3
OURS: Final = 0.85


class Counter(Voice):
    """A shop, what is on its shelves, and what its tills have said so far."""

    def __init__(self, shop: Shop, day: Day) -> None:
        super().__init__(shop.code, ZoneInfo(shop.zone), day)
        self.shop = shop
        self.shelf = {sku: delivered(shop.code, sku) for sku in articles()}
        chance = day.chance(shop.code, "restocks")
        #: What is ordered again when it runs low.
        self.restocks = {sku for sku, amount in self.shelf.items() if amount > FEW and chance.random() < REORDERED}

    def work(self) -> Iterator[int]:
        """Work through the week and as much of the day itself as has passed; each day's number when it is over."""
        for days in range(-DAYS, 1):
            chance = self.day.chance(self.shop.code, days)
            self._take_in(days, chance)
            sold: list[Event] = []
            for at in sales_of(self.shop, self.day, days, chance):
                if sold and chance.random() < RETURNED:
                    self._take_back(days, at, chance)
                else:
                    sold.append(self.sell(days, at, chance))
            yield days

    def sell(self, days: int, at: datetime, chance: Random, *, skus: Sequence[str] = (), number: str = "") -> Event:
        """Somebody buys ``skus``, or what they like of what is there."""
        chosen = skus or self._choose(chance)
        lines = [self._line(n, articles()[sku], chance) for n, sku in enumerate(chosen, 1)]
        total = sum(int(line["amount"]) for line in lines)
        method = chance.choices(METHODS, (45, 35, 20))[0]
        payment = {"method": method, "amount": str(total)}
        if method != "cash":
            payment["reference"] = f"{chance.randrange(16**8):08x}"
        register = 1 + (chance.random() < SECOND)
        data: dict[str, Any] = {
            "sale": number or self.number(days, register),
            "register": str(register),
            "associate": f"{self.shop.code[:3]}-{1 + chance.randrange(4)}",
            "currency": CURRENCY,
            "tax_included": True,
            "lines": lines,
            "total": str(total),
            "payments": [payment],
        }
        if (customer := self._customer(chance)) is not None:
            data["customer"] = {"loyalty": customer.loyalty}
        return self.say("sale.completed", at, data)

    def move(self, sku: str, quantity: int) -> None:
        """The shelf after ``quantity`` more (or fewer)."""
        self.shelf[sku] += quantity

    def _choose(self, chance: Random) -> list[str]:
        """One to three things; the tour's example is left alone where it would run out."""
        there = [
            article
            for sku, article in articles().items()
            if self.shelf[sku] > (ENOUGH if (sku, self.shop.code) == (example.SKU, example.STORE) else 0)
        ]
        count = chance.choices((1, 2, 3), (62, 28, 10))[0]
        return list(dict.fromkeys(a.sku for a in chance.choices(there, [a.liking for a in there], k=count)))

    def _line(self, number: int, article: Article, chance: Random) -> dict[str, Any]:
        quantity = 2 if self.shelf[article.sku] > FEW and chance.random() < TWO else 1
        before = article.price * quantity
        discount = before // 10_000 * 1_000 if chance.random() < REDUCED else 0  # a tenth, in whole thousands
        self.move(article.sku, -quantity)
        return article.sold(number, quantity=quantity, discount=discount)

    def _customer(self, chance: Random) -> Human | None:
        if chance.random() > KNOWN:
            return None
        mine = [human for human in PEOPLE if human.home == self.shop.code]
        return chance.choice(mine if chance.random() < OURS else PEOPLE)

    def _take_back(self, days: int, at: datetime, chance: Random) -> None:
        """One line of a sale of this week comes back, most often as good as new."""
        sales = [event for event in self.said if event["type"] == "sale.completed"]
        sale = chance.choice(sales[-120:])
        line = sale["data"]["lines"][0]
        restock = chance.random() < AS_NEW
        amount = int(line["amount"]) // line["quantity"]
        if any(event["data"].get("original", {}).get("sale") == sale["data"]["sale"] for event in self.said):
            return  # it came back already
        data = {
            "return": self.number(days, "R"),
            "original": {"sale": sale["data"]["sale"]},
            "currency": CURRENCY,
            "lines": [
                {
                    "line": "1",
                    "original_line": "1",
                    "sku": line["sku"],
                    "quantity": 1,
                    "amount": str(amount),
                    "restock": restock,
                }
            ],
            "refunds": [{"method": sale["data"]["payments"][0]["method"], "amount": str(amount)}],
        }
        self.move(line["sku"], 1 if restock else 0)
        self.say("sale.returned", at, data)

    def _take_in(self, days: int, chance: Random) -> None:
        """In the morning comes what ran low the day before."""
        low = sorted(sku for sku in self.restocks if self.shelf[sku] <= FEW)
        lines = []
        for n, sku in enumerate(low, 1):
            quantity = 4 + chance.randrange(7)
            self.move(sku, quantity)
            lines.append({"line": str(n), "sku": sku, "quantity": quantity})
        if lines:
            data = {"document": self.number(days, "G"), "reference": f"SJ-{chance.randrange(10**6):06}", "lines": lines}
            self.say("stock.received", self.day.at(days, "08:40", self.zone), data)
