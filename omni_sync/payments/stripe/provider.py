"""Stripe: its own page takes the card, held until we ask for it. Stripe's script is never loaded by ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from omni_sync import conf
from omni_sync.payments.exceptions import Reject
from omni_sync.payments.port import Begun, Known, Seen, Stage, Told, Wanted
from omni_sync.payments.stripe.amounts import to_wire
from omni_sync.payments.stripe.read import OURS, seen_intent, seen_session, told
from omni_sync.payments.stripe.signature import check_signature
from omni_sync.payments.stripe.wire import Client, Official

PAGE: Final = 100  # refunds that are read at once
LANGUAGES: Final = {"en", "id"}  # others: Stripe looks at the browser


def stripe() -> Stripe:
    """As the project is set up."""
    client = Official(base=conf.stripe_api_base(), secret=conf.stripe_secret_key())
    return Stripe(client=client, webhook_secrets=conf.stripe_webhook_secrets())


class Stripe:
    """The port, through any client that speaks Stripe."""

    def __init__(self, *, client: Client, webhook_secrets: Sequence[str]) -> None:
        self.client, self.webhook_secrets = client, webhook_secrets

    def begin(self, wanted: Wanted, *, key: str) -> Begun:
        """A Checkout Session in payment mode with manual capture."""
        made = self.client.post("/checkout/sessions", _session(wanted), key=key)
        return Begun(session=str(made["id"]), url=str(made["url"]))

    def capture(self, known: Known, amount: Decimal, *, key: str) -> Seen:
        """Take it all, or a part: Stripe lets go of the rest."""
        fields = {"amount_to_capture": to_wire(amount, known.currency)}
        self.client.post(f"/payment_intents/{_safe(known.intent)}/capture", fields, key=key)
        return self.look_up(known)

    def cancel(self, known: Known, *, key: str) -> Seen:
        """Close the page; what was paid on it meanwhile is let go of. Rejects what was captured."""
        seen = self.look_up(known)
        if seen.stage == Stage.OPEN:
            with suppress(Reject):  # somebody paid this very moment
                self.client.post(f"/checkout/sessions/{_safe(known.session)}/expire", {}, key=f"{key}.page")
            seen = self.look_up(known)
        if seen.stage == Stage.AUTHORISED:
            why = {"cancellation_reason": "requested_by_customer"}
            self.client.post(f"/payment_intents/{_safe(seen.intent)}/cancel", why, key=key)
            seen = self.look_up(known)
        if seen.stage == Stage.CAPTURED:
            raise Reject("captured")
        return seen

    def refund(self, known: Known, amount: Decimal, *, key: str) -> Seen:
        """Give it back; the refund carries our key."""
        fields = {
            "payment_intent": known.intent,
            "amount": to_wire(amount, known.currency),
            "metadata": {OURS: key},
        }
        self.client.post("/refunds", fields, key=key)
        return self.look_up(known)

    def look_up(self, known: Known) -> Seen:
        """The session, the payment on it, and what was given back."""
        session = self.client.get(f"/checkout/sessions/{_safe(known.session)}", {}) if known.session else {}
        number = known.intent or str(session.get("payment_intent") or "")
        if not number:
            return seen_session(session)
        intent = self.client.get(f"/payment_intents/{_safe(number)}", {"expand": ["latest_charge"]})
        is_taken = intent.get("status") == "succeeded"
        refunds = list(self._refunds(number)) if is_taken else []
        return seen_intent(intent, refunds, session=session, currency=known.currency)

    def read(self, *, body: bytes, headers: Mapping[str, str]) -> Told:
        """Signed over the raw bytes, before anything is read from them."""
        check_signature(body=body, header=headers.get("stripe-signature", ""), secrets=self.webhook_secrets)
        return told(body)

    def _refunds(self, intent: str) -> Sequence[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        more: dict[str, Any] = {}
        while True:
            page = self.client.get("/refunds", {"payment_intent": intent, "limit": PAGE, **more})
            found.extend(page["data"])
            if not page.get("has_more") or not page["data"]:
                return found
            more = {"starting_after": found[-1]["id"]}


def _session(wanted: Wanted) -> dict[str, Any]:
    price = {
        "currency": wanted.currency.lower(),
        "unit_amount": to_wire(wanted.amount, wanted.currency),
        "product_data": {"name": wanted.reference},
    }
    ours = {OURS: wanted.key}
    language = wanted.language.partition("-")[0]
    optional = {"customer_email": wanted.email, "locale": language if language in LANGUAGES else ""}
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "payment_intent_data": {"capture_method": "manual", "metadata": ours},
        "payment_method_types": ["card"],  # the others have nothing to hold
        "metadata": ours,
        "client_reference_id": wanted.reference,
        "success_url": wanted.paid_url,
        "cancel_url": wanted.back_url,
        "expires_at": int(wanted.until.timestamp()),
        **{name: value for name, value in optional.items() if value},
    }


def _safe(number: str) -> str:
    """As part of an address."""
    return quote(number, safe="")
