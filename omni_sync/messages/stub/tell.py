"""What became of a message, told to the shop as the providers do: signed, a little later."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests

from omni_sync.messages.channels.twilio.signature import signature as twilio_signature
from omni_sync.messages.channels.whatsapp.signature import signature as meta_signature
from omni_sync.messages.stub.providers import Accounts, Answer

PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """One request to the shop."""

    url: str
    body: bytes
    headers: dict[str, str]

    def post(self) -> int:
        """The shop's answer."""
        return requests.post(self.url, data=self.body, headers=self.headers, timeout=PATIENCE).status_code


@dataclass(slots=True)
class Teller:
    """Tells ``said`` of each message, in this order; ``meta`` is the shop's address for WhatsApp's notices."""

    accounts: Accounts
    meta: str = ""
    said: Sequence[str] = ("sent", "delivered", "read")
    after: float = 0.5

    def of(self, answer: Answer) -> None:
        """Tell it beside everything else; a shop that is away misses it."""
        notices = self.notices(answer)
        if notices:
            threading.Thread(target=self._post, args=(notices,), daemon=True).start()

    def notices(self, answer: Answer) -> list[Notice]:
        """What is told of this message."""
        if answer.kind == "sms" and answer.callback:
            return [
                sms(self.accounts, answer.callback, answer.number, status) for status in self.said if status != "read"
            ]
        if answer.kind == "whatsapp" and self.meta:
            return [whatsapp(self.accounts, self.meta, answer.number, answer.to, status) for status in self.said]
        return []

    def _post(self, notices: Sequence[Notice]) -> None:
        time.sleep(self.after)
        for notice in notices:
            try:
                notice.post()
            except requests.RequestException:
                return


def sms(accounts: Accounts, url: str, number: str, status: str, *, error: str = "") -> Notice:
    """Twilio's notice of a status."""
    told = {"MessageSid": number, "MessageStatus": status, "AccountSid": accounts.sid}
    return sms_form(accounts, url, {**told, **({"ErrorCode": error} if error else {})})


def sms_form(accounts: Accounts, url: str, told: dict[str, str]) -> Notice:
    """Any form of Twilio's, signed."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": twilio_signature(url, list(told.items()), accounts.token),
    }
    return Notice(url, urlencode(told).encode(), headers)


def whatsapp(accounts: Accounts, url: str, number: str, to: str, status: str, *, code: int = 0) -> Notice:
    """Meta's notice of a status."""
    row: dict[str, Any] = {"id": number, "status": status, "timestamp": str(int(time.time())), "recipient_id": to}
    if code:
        row["errors"] = [{"code": code, "title": "no"}]
    return whatsapp_value(accounts, url, {"statuses": [row]})


def whatsapp_value(accounts: Accounts, url: str, value: dict[str, Any]) -> Notice:
    """Any value of Meta's, signed."""
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": accounts.phone_id}, **value}
    told = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    body = json.dumps(told).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Signature-256": meta_signature(body, accounts.app_secret),
    }
    return Notice(url, body, headers)
