"""The whole week, told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from omni_sync.pos.models import InboxEvent
from omni_sync.stock.models import Hold, Level
from omni_sync.stock.shortfall import look_for_lost_transfers
from shop.seed.day import DAYS, HOME, Day
from shop.seed.people import TILL
from shop.seed.places import SHOPS, WAREHOUSE
from shop.seed.week import odd
from shop.seed.week.counter import Counter
from shop.seed.week.tell import apply_all, tell, till
from shop.seed.week.voice import Event, Voice

BROKEN_PROMISES: Final = 2


def is_told(day: Day) -> bool:
    """Whether all of it is in the books: the market stall's till speaks last."""
    last = InboxEvent.objects.filter(connection__name=odd.BAZAR, event_id__startswith=f"seed-{day.date:%y%m%d}-")
    return last.exists() and not last.filter(state=InboxEvent.State.PENDING).exists()


def tell_all(day: Day) -> None:
    """Tell the week and apply it. Cut short, it is told again: what the tills said before has no effect."""
    counters, warehouse = _worked(day)
    _count_the_warehouse(warehouse)
    main = till(TILL, [*(shop.code for shop in SHOPS), WAREHOUSE[0]])
    said = [event for voice in (*counters.values(), warehouse) for event in voice.said]
    tell(main, _until(day.until, said))
    apply_all()
    tell(main, odd.contradict(counters))
    look_for_lost_transfers()
    tell(till(odd.BAZAR, ["sanur"]), odd.at_the_market(counters["sanur"]))
    apply_all()


def _worked(day: Day) -> tuple[dict[str, Counter], Voice]:
    """Every shop's counter after its week, and the warehouse."""
    counters = {shop.code: Counter(shop, day) for shop in SHOPS}
    warehouse = Voice(WAREHOUSE[0], HOME, day)
    odd.lose_on_the_way(warehouse, counters)
    workers = [counter.work() for counter in counters.values()]
    for days in range(-DAYS, 1):
        for worker in workers:
            next(worker)
        for happening in odd.DIARY.get(days, ()):
            happening(counters, days)
    return counters, warehouse


def _count_the_warehouse(warehouse: Voice) -> None:
    """It finds fewer of two sizes than it has promised: a parcel of each can't be sent."""
    promised = Hold.objects.open().filter(holder_kind=Hold.ORDER, stockrecord__partner__code=warehouse.code)
    records = list(promised.values_list("stockrecord_id", flat=True))
    held = Level.objects.filter(stockrecord__in=records).values_list("stockrecord__partner_sku", "held")
    lines: list[dict[str, Any]] = [
        {"line": str(n), "sku": sku, "quantity": count - 1}
        for n, (sku, count) in enumerate(sorted(held)[:BROKEN_PROMISES], 1)
    ]
    if lines:
        at = warehouse.day.at(-1, "16:10")
        warehouse.say("stock.counted", at, {"document": warehouse.number(-1, "C"), "lines": lines})


def _until(end: datetime, said: Iterable[Event]) -> list[Event]:
    """What had happened by then, as it happened."""
    dated = sorted((datetime.fromisoformat(event["occurred_at"]), event["id"], event) for event in said)
    return [event for at, _, event in dated if at <= end]
