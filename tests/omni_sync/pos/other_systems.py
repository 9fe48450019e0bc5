"""Adapters like those of systems that hint, that push whole documents, and that are polled."""

import base64
import hashlib
import hmac

from django.utils import timezone

from omni_sync.pos.adapters.native.json import fingerprint, parse
from omni_sync.pos.adapters.native.read import normal_form
from omni_sync.pos.adapters.port import PushOnly, Reading, Rejected, TillEvent
from omni_sync.pos.exceptions import Invalid, Unauthorised


def reading_of(native):
    """Native events as an adapter made them, each taken or rejected by itself."""
    events, rejected = [], []
    for index, item in enumerate(native):
        try:
            events.append(normal_form(item, index))
        except Invalid as refusal:
            rejected.append(Rejected(index, item.get("id"), refusal.error))
    return Reading(events, rejected)


class HintingTill(PushOnly):
    """Like Square: a push says which payment changed; the payment and its order are read at the source."""

    SOURCE: dict = {}
    trouble: list = []
    asked: list = []

    def authenticate(self, *, body, headers, secrets, url):
        wanted = base64.b64encode(hmac.digest(secrets[0].encode(), url.encode() + body, "sha256")).decode()
        if not hmac.compare_digest(headers.get("x-square-hmacsha256-signature", ""), wanted):
            raise Unauthorised

    def read(self, *, body, headers):
        told = parse(body)
        payment = told["data"]["object"]["payment"]
        at = timezone.datetime.fromisoformat(told["created_at"])
        number = told["event_id"]
        hint = TillEvent(
            0, number, told["type"], payment["location_id"], at, f"hint/{number}", fingerprint(told), told, hint=True
        )
        return Reading([hint])

    def fetch(self, hint, *, secrets):
        type(self).asked.append((hint.store, secrets))
        if self.trouble:
            raise self.trouble.pop(0)
        payment = hint.payload["data"]["object"]["payment"]
        if payment["status"] != "COMPLETED":
            return Reading()
        return reading_of([self.SOURCE[payment["order_id"]]])


class DocumentTill(PushOnly):
    """Like Shopify: the whole order is in the push; the shop signs the bytes, an id header names the push."""

    def authenticate(self, *, body, headers, secrets, url):
        wanted = base64.b64encode(hmac.digest(secrets[0].encode(), body, hashlib.sha256)).decode()
        if not hmac.compare_digest(headers.get("x-shopify-hmac-sha256", ""), wanted):
            raise Unauthorised

    def read(self, *, body, headers):
        order = parse(body)
        if order.get("source_name") != "pos":
            return Reading(rejected=[Rejected(0, str(order.get("id")), "not sold at a till")])
        lines = [
            {"line": str(line["id"]), "sku": line["sku"], "title": line["title"], "quantity": line["quantity"],
             "unit_price": line["price"]}
            for line in order["line_items"]
        ]  # fmt: skip
        data = {
            "sale": str(order["order_number"]), "currency": order["currency"], "lines": lines,
            "total": order["total_price"], "payments": [{"method": "card", "amount": order["total_price"]}],
        }  # fmt: skip
        event = {
            "id": headers["x-shopify-webhook-id"], "type": "sale.completed", "store": str(order["location_id"]),
            "occurred_at": order["processed_at"], "data": data,
        }  # fmt: skip
        return reading_of([event])


class PolledTill(PushOnly):
    """Like Lightspeed: everything has a version; asked for what came after one, in pages."""

    SOURCE: list = []
    trouble: list = []

    def authenticate(self, *, body, headers, secrets, url):
        raise Unauthorised

    def read(self, *, body, headers):
        return Reading()

    def since(self, cursor, *, secrets):
        assert secrets
        if self.trouble:
            raise self.trouble.pop(0)
        page = [row for row in self.SOURCE if row["version"] > int(cursor or 0)][:2]
        return reading_of([row["sale"] for row in page]), str(page[-1]["version"]) if page else cursor
