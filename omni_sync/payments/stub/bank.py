"""Sessions, payments, charges and refunds, and what may become of them. Test money only."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from omni_sync.payments.stub import things
from omni_sync.payments.stub.errors import Refusal, missing, unexpected
from omni_sync.payments.stub.faults import Faults
from omni_sync.payments.stub.forms import whole
from omni_sync.payments.stub.things import Thing

UNPAID: Final = {"requires_payment_method", "requires_capture"}


class Bank:
    """Everything there is. Its callers hold ``lock``; ``tell`` is given each event."""

    def __init__(self, *, faults: Faults, tell: Callable[[Thing], None], keep: Path | None = None) -> None:
        self.faults, self.tell, self.keep = faults, tell, keep
        self.lock = threading.RLock()
        self.things: dict[str, Thing] = {}
        if keep is not None and keep.exists():
            self.things = json.loads(keep.read_text())

    def save(self) -> None:
        """So that a demo that starts again finds its payments."""
        if self.keep is not None:
            new = self.keep.with_suffix(".new")
            new.write_text(json.dumps(self.things))
            new.replace(self.keep)

    def find(self, kind: str, number: str) -> Thing:
        """By its number, after whatever the clock has done to it."""
        thing = self.things.get(number)
        if thing is None or thing["object"] != kind:
            raise missing(kind)
        now = time.time()
        if kind == "checkout.session" and thing["status"] == "open" and thing["expires_at"] <= now:
            self._end_session(thing)
        if kind == "payment_intent" and thing["status"] == "requires_capture" and self._held_until(thing) <= now:
            self._end_intent(thing, "expired")
        return thing

    def make_session(self, fields: Mapping[str, Any], page: str) -> Thing:
        return self._put(things.session(fields, page))

    def expire_session(self, number: str) -> Thing:
        session = self.find("checkout.session", number)
        if session["status"] != "open":
            code = "checkout_session_not_open"
            raise Refusal(HTTPStatus.BAD_REQUEST, code, f"This session is {session['status']}.")
        self._end_session(session)
        return session

    def pay(self, number: str, *, accepts: bool) -> bool:
        """Somebody presses a button on the page; whether the money is held."""
        session = self.find("checkout.session", number)
        if session["status"] != "open":
            raise missing("open page")
        intent = self._intent_of(session)
        if not accepts or self.faults.strikes("declined"):
            intent["last_payment_error"] = {
                "type": "card_error", "code": "card_declined", "decline_code": "generic_decline",
            }  # fmt: skip
            self._happened("payment_intent.payment_failed", intent)
            return False
        self._charge(intent)
        session.update(status="complete", payment_status="unpaid")
        self._happened("payment_intent.amount_capturable_updated", intent)
        self._happened("checkout.session.completed", session)
        if intent["capture_method"] != "manual":
            self._take(intent, intent["amount"])
        return True

    def capture(self, number: str, fields: Mapping[str, Any]) -> Thing:
        intent = self.find("payment_intent", number)
        if intent["status"] != "requires_capture":
            raise unexpected(intent["status"])
        amount = whole(fields, "amount_to_capture") if "amount_to_capture" in fields else intent["amount"]
        if amount > intent["amount_capturable"]:
            raise Refusal(HTTPStatus.BAD_REQUEST, "amount_too_large", "More than what is held.")
        if self.faults.strikes("capture_fails"):
            kind = "card_error"
            raise Refusal(HTTPStatus.PAYMENT_REQUIRED, "processing_error", "The bank did not give it.", kind=kind)
        self._take(intent, amount)
        return intent

    def cancel(self, number: str, fields: Mapping[str, Any]) -> Thing:
        intent = self.find("payment_intent", number)
        if intent["status"] not in UNPAID:
            raise unexpected(intent["status"])
        self._end_intent(intent, fields.get("cancellation_reason"))
        return intent

    def refund(self, fields: Mapping[str, Any]) -> Thing:
        intent = self.find("payment_intent", str(fields.get("payment_intent")))
        if intent["status"] != "succeeded":
            raise unexpected(intent["status"])
        charge = self.things[intent["latest_charge"]]
        left = charge["amount_captured"] - charge["amount_refunded"]
        amount = whole(fields, "amount") if "amount" in fields else left
        if left == 0:
            raise Refusal(HTTPStatus.BAD_REQUEST, "charge_already_refunded", "Nothing is left.")
        if amount > left:
            raise Refusal(HTTPStatus.BAD_REQUEST, "amount_too_large", f"Only {left} is left.")
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
        refund = self._put(things.refund(charge, amount, fields))
        self._happened("refund.created", refund)
        self._happened("charge.refunded", charge)
        return refund

    def refunds_of(self, intent: str) -> list[Thing]:
        """The last one first."""
        of = [one for one in self.things.values() if one["object"] == "refund" and one["payment_intent"] == intent]
        return of[::-1]

    def bounce(self, number: str) -> Thing:
        """The shopper's bank sends a refund back."""
        refund = self.find("refund", number)
        if refund["status"] == "succeeded":
            refund["status"] = "failed"
            charge = self.things[refund["charge"]]
            charge.update(amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False)
            self._happened("refund.failed", refund)
            self.save()
        return refund

    def lapse(self, number: str) -> Thing:
        """The card's bank holds the money no longer."""
        intent = self.find("payment_intent", number)
        if intent["status"] == "requires_capture":
            self._end_intent(intent, "expired")
            self.save()
        return intent

    def _put(self, thing: Thing) -> Thing:
        self.things[thing["id"]] = thing
        return thing

    def _intent_of(self, session: Thing) -> Thing:
        if session["payment_intent"]:
            return self.things[session["payment_intent"]]
        intent = self._put(things.intent(session))
        session["payment_intent"] = intent["id"]
        return intent

    def _charge(self, intent: Thing) -> None:
        charge = self._put(things.charge(intent))
        intent.update(
            status="requires_capture", amount_capturable=intent["amount"], latest_charge=charge["id"],
            last_payment_error=None,
        )  # fmt: skip

    def _take(self, intent: Thing, amount: int) -> None:
        charge = self.things[intent["latest_charge"]]
        charge.update(captured=True, amount_captured=amount)
        intent.update(status="succeeded", amount_received=amount, amount_capturable=0)
        for session in self._sessions_of(intent):
            session["payment_status"] = "paid"
        self._happened("charge.captured", charge)
        self._happened("payment_intent.succeeded", intent)

    def _end_intent(self, intent: Thing, reason: str | None) -> None:
        intent.update(status="canceled", cancellation_reason=reason, canceled_at=int(time.time()), amount_capturable=0)
        self._happened("payment_intent.canceled", intent)

    def _end_session(self, session: Thing) -> None:
        session["status"] = "expired"
        intent = self.things.get(session["payment_intent"] or "")
        if intent is not None and intent["status"] == "requires_payment_method":
            self._end_intent(intent, None)
        self._happened("checkout.session.expired", session)

    def _sessions_of(self, intent: Thing) -> list[Thing]:
        return [one for one in self.things.values() if one.get("payment_intent") == intent["id"] and "mode" in one]

    def _held_until(self, intent: Thing) -> int:
        return int(self.things[intent["latest_charge"]]["payment_method_details"]["card"]["capture_before"])

    def _happened(self, kind: str, thing: Thing) -> None:
        self.tell(things.event(kind, things.shown(thing)))
