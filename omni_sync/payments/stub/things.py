"""New objects, with as many of Stripe's fields as anybody here reads. Names that begin with ``_`` are ours."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any, Final

from omni_sync.payments.stub.errors import invalid
from omni_sync.payments.stub.forms import address, inner, whole

Thing = dict[str, Any]
HELD: Final = 7 * 24 * 3600  # seconds that a card's bank holds the money
SHORTEST, LONGEST = 30 * 60, 24 * 3600  # seconds that a page may live


def session(fields: Mapping[str, Any], page: str) -> Thing:
    """A page to pay on, at ``page``. Raises Refusal."""
    line = inner(fields, "line_items", "0")
    price = inner(line, "price_data")
    amount = whole(price, "unit_amount") * whole(line, "quantity")
    ends = whole(fields, "expires_at")
    if fields.get("mode") != "payment" or not SHORTEST <= ends - int(time.time()) + 1 <= LONGEST:
        raise invalid("mode or expires_at")
    thing = _new("checkout.session", f"cs_test_{secrets.token_hex(24)}")
    return thing | {
        "mode": "payment", "status": "open", "payment_status": "unpaid", "payment_intent": None,
        "amount_total": amount, "amount_subtotal": amount, "currency": price["currency"], "expires_at": ends,
        "metadata": inner(fields, "metadata"), "client_reference_id": fields.get("client_reference_id"),
        "customer_email": fields.get("customer_email"), "locale": fields.get("locale"),
        "success_url": address(fields, "success_url"), "cancel_url": address(fields, "cancel_url"),
        "url": f"{page}/pay/{thing['id']}", "payment_method_types": ["card"],
        "_name": inner(price, "product_data").get("name", ""), "_intent": inner(fields, "payment_intent_data"),
    }  # fmt: skip


def intent(of: Thing) -> Thing:
    """The payment that begins when somebody presses a button on the page of session ``of``."""
    asked = of["_intent"]
    return _new("payment_intent", f"pi_{secrets.token_hex(12)}") | {
        "amount": of["amount_total"], "amount_capturable": 0, "amount_received": 0, "currency": of["currency"],
        "capture_method": asked.get("capture_method", "automatic"), "status": "requires_payment_method",
        "latest_charge": None, "last_payment_error": None, "cancellation_reason": None, "canceled_at": None,
        "metadata": inner(asked, "metadata"),
    }  # fmt: skip


def charge(of: Thing) -> Thing:
    """The money of payment ``of``, held on a card."""
    card = {"brand": "visa", "last4": "4242", "capture_before": int(time.time()) + HELD}
    return _new("charge", f"ch_{secrets.token_hex(12)}") | {
        "amount": of["amount"], "amount_captured": 0, "amount_refunded": 0, "captured": False, "refunded": False,
        "paid": True, "status": "succeeded", "currency": of["currency"], "payment_intent": of["id"],
        "metadata": of["metadata"], "payment_method_details": {"type": "card", "card": card},
    }  # fmt: skip


def refund(of: Thing, amount: int, fields: Mapping[str, Any]) -> Thing:
    """So much of charge ``of``, given back."""
    thing = _new("refund", f"re_{secrets.token_hex(12)}")
    del thing["livemode"]
    return thing | {
        "amount": amount, "currency": of["currency"], "charge": of["id"], "payment_intent": of["payment_intent"],
        "status": "succeeded", "metadata": inner(fields, "metadata"), "reason": fields.get("reason"),
    }  # fmt: skip


def event(kind: str, about: Thing) -> Thing:
    """That something happened, with the object as it was just then."""
    return _new("event", f"evt_{secrets.token_hex(12)}") | {"type": kind, "data": {"object": about}}


def shown(thing: Thing) -> Thing:
    """As the API shows it."""
    return {name: value for name, value in thing.items() if not name.startswith("_")}


def _new(kind: str, number: str) -> Thing:
    return {"id": number, "object": kind, "livemode": False, "created": int(time.time())}
