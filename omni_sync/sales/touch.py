"""Sales and returns are on the timeline of whoever bought or brought back."""

from __future__ import annotations

from collections.abc import Iterable

from omni_sync.people.models import Touchpoint
from omni_sync.people.timeline import Touch, take_back, touch
from omni_sync.sales.documents import SaleToRecord
from omni_sync.sales.models import Return, Sale
from omni_sync.transactions import inside_transaction

Kind = Touchpoint.Kind


@inside_transaction
def touch_sales(told: Iterable[tuple[int, SaleToRecord]]) -> None:
    """A contact for every sale, with the key of its row, of somebody who is known."""
    touch(
        Touch(
            person_id=sale.person_id,
            channel=sale.channel,
            kind=Kind.SALE,
            at=sale.occurred_at,
            key=sale_key(pk),
            store_id=sale.where.store_id,
            data={"number": sale.number},
        )
        for pk, sale in told
        if sale.person_id
    )


@inside_transaction
def touch_document(row: Sale | Return) -> None:
    """A contact for a sale or a return of somebody who is known; none for one that was voided before it arrived."""
    if row.person_id is None or row.voided_at:
        return
    is_sale = isinstance(row, Sale)
    told = Touch(
        person_id=row.person_id,
        channel=row.channel if isinstance(row, Sale) else _channel(row),
        kind=Kind.SALE if is_sale else Kind.RETURN,
        at=row.occurred_at,
        key=sale_key(row.pk) if is_sale else return_key(row.pk),
        store_id=row.store_id,
        data={"number": row.number},
    )
    touch([told])


def _channel(row: Return) -> Touchpoint.Channel:
    """What no till says comes from a tablet."""
    return Touchpoint.Channel.TABLET if row.source == Sale.Channel.TABLET else Touchpoint.Channel.TILL


@inside_transaction
def untouch(*, sale_ids: Iterable[int] = (), return_ids: Iterable[int] = ()) -> None:
    """These never happened."""
    take_back([*map(sale_key, sale_ids), *map(return_key, return_ids)])


def sale_key(pk: int) -> str:
    """How the timeline names a sale."""
    return f"sale:{pk}"


def return_key(pk: int) -> str:
    """How the timeline names a return."""
    return f"return:{pk}"
