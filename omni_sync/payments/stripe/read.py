"""Stripe's objects in our words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from omni_sync.payments.exceptions import Malformed
from omni_sync.payments.port import Ending, Seen, Stage, Told
from omni_sync.payments.stripe.amounts import from_wire

OURS: Final = "lintas"  # the name of our key in their metadata
LAPSED: Final = {"expired", "automatic"}  # automatic: what it was called before 2025-03-31
NOT_GIVEN: Final = {"failed", "canceled"}
Thing = Mapping[str, Any]


def seen_session(session: Thing) -> Seen:
    """A page on which nobody has tried to pay."""
    if session.get("status") == "expired":
        return Seen(Stage.ENDED, ending=Ending.EXPIRED)
    return Seen(Stage.OPEN)


def seen_intent(intent: Thing, refunds: list[Thing], *, session: Thing, currency: str) -> Seen:
    """A payment that somebody has begun; ``latest_charge`` is expected as an object."""
    number = str(intent["id"])
    status = intent["status"]
    charge = intent.get("latest_charge")
    charge = charge if isinstance(charge, Mapping) else {}
    if status == "requires_capture":
        held = from_wire(int(intent["amount_capturable"]), currency)
        return Seen(Stage.AUTHORISED, intent=number, authorised=held, capture_before=_capture_before(charge))
    if status == "succeeded":
        given = [refund for refund in refunds if refund.get("status") not in NOT_GIVEN]
        bounced = [refund for refund in refunds if refund.get("status") in NOT_GIVEN]
        return Seen(
            Stage.CAPTURED,
            intent=number,
            authorised=from_wire(int(intent["amount"]), currency),
            captured=from_wire(int(intent["amount_received"]), currency),
            refunded=from_wire(sum(int(refund["amount"]) for refund in given), currency),
            refunds=frozenset(map(_key, given)) - {""},
            bounced=frozenset(map(_key, bounced)) - {""},
        )
    if status == "canceled":
        return Seen(Stage.ENDED, intent=number, ending=_ending(intent, session))
    if session.get("status") == "expired":
        return Seen(Stage.ENDED, intent=number, ending=Ending.EXPIRED)
    error = intent.get("last_payment_error")
    declined = str(error.get("decline_code") or error.get("code") or "") if isinstance(error, Mapping) else ""
    return Seen(Stage.OPEN, intent=number, declined=declined)


def told(body: bytes) -> Told:
    """An event's number and what it is about. Raises Malformed."""
    try:
        event = json.loads(body)
        about = event["data"]["object"]
        kind = str(about.get("object", ""))
        event_id, type_ = str(event["id"]), str(event["type"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as failure:
        raise Malformed from failure
    number = str(about.get("id") or "")
    is_session, is_intent = kind == "checkout.session", kind == "payment_intent"
    return Told(
        event_id=event_id,
        type=type_,
        key=_key(about) if is_session or is_intent else "",
        session=number if is_session else "",
        intent=number if is_intent else _number(about.get("payment_intent")),
    )


def _ending(intent: Thing, session: Thing) -> Ending:
    if intent.get("cancellation_reason") in LAPSED:
        return Ending.LAPSED
    return Ending.EXPIRED if session.get("status") == "expired" else Ending.CANCELLED


def _capture_before(charge: Thing) -> datetime | None:
    details = charge.get("payment_method_details")
    card = details.get("card") if isinstance(details, Mapping) else None
    moment = card.get("capture_before") if isinstance(card, Mapping) else None
    return datetime.fromtimestamp(int(moment), UTC) if moment else None


def _key(thing: Thing) -> str:
    metadata = thing.get("metadata")
    return str(metadata.get(OURS) or "") if isinstance(metadata, Mapping) else ""


def _number(reference: object) -> str:
    """Of what is named by its number, or stands there itself."""
    if isinstance(reference, Mapping):
        return str(reference.get("id") or "")
    return reference if isinstance(reference, str) else ""
