"""A delivery of native events, taken apart: each is usable or rejected by itself."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from omni_sync.pos.adapters.native import events as told
from omni_sync.pos.adapters.native.json import fingerprint, parse
from omni_sync.pos.adapters.port import Reading, Rejected, TillEvent
from omni_sync.pos.exceptions import Invalid, Malformed, TooLarge

MOST_EVENTS = 500


def read(body: bytes) -> Reading:
    """The events in ``body``: one object, or a list of up to 500. Raises Malformed and TooLarge."""
    value = parse(body)
    items = value if isinstance(value, list) else [value]
    if len(items) > MOST_EVENTS:
        raise TooLarge(f"{len(items)} events; {MOST_EVENTS} at most")
    if not items:
        raise Malformed("there is no event in it")
    events: list[TillEvent] = []
    rejected: list[Rejected] = []
    for index, item in enumerate(items):
        try:
            events.append(normal_form(item, index))
        except Invalid as refusal:
            rejected.append(Rejected(index, _id_of(item), refusal.error))
    return Reading(events, rejected)


def normal_form(item: Any, index: int = 0) -> TillEvent:
    """The event in ``item``, checked against the contract. Raises Invalid."""
    if not isinstance(item, dict):
        raise Invalid("an event is a JSON object")
    fingerprint({key: value for key, value in item.items() if key != "data"})  # all of it must be storable
    try:
        event = told.EVENT.validate_python(item)
    except ValidationError as error:
        raise Invalid(_first(error)) from error
    return TillEvent(
        index, event.id, event.type, event.store, event.occurred_at, document_of(event), fingerprint(item["data"]), item
    )


def document_of(event: told.Event) -> str:
    """What the event is about, as its connection and store number it; the event itself where it has no number."""
    match event:
        case told.SaleCompleted():
            return f"sale/{event.data.sale}"
        case told.SaleReturned():
            return f"return/{event.data.return_}"
        case told.SaleVoided():
            return f"void/{f'sale/{event.data.sale}' if event.data.sale else f'return/{event.data.return_}'}"
        case told.StockCounted() | told.StockAdjusted() | told.StockReceived():
            return f"{event.type.removeprefix('stock.')}/{event.data.document or event.id}"
        case told.TransferSent() | told.TransferReceived():
            kind = "transfer-out" if event.type == "transfer.sent" else "transfer-in"
            return f"{kind}/{event.data.document or event.id}"
        case told.CustomerUpserted():
            return f"customer/{event.data.document or event.id}"


def _id_of(item: Any) -> str | None:
    value = item.get("id") if isinstance(item, dict) else None
    if not isinstance(value, str):
        return None
    return value[:255].encode("utf-8", "replace").decode("utf-8").replace("\x00", "�")


def _first(error: ValidationError) -> str:
    """Where the contract is broken first, as a path, and how."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    path = ".".join(str(part) for part in first["loc"] if not _is_type(part))
    message = first["msg"].removeprefix("Value error, ")
    more = error.error_count() - 1
    return f"{path or 'event'}: {message}" + (f" (and {more} more)" if more else "")


def _is_type(part: object) -> bool:
    return isinstance(part, str) and part in _TYPES


_TYPES = {
    "sale.completed",
    "sale.returned",
    "sale.voided",
    "stock.counted",
    "stock.adjusted",
    "stock.received",
    "transfer.sent",
    "transfer.received",
    "customer.upserted",
}
