"""How the three of them answer: by their addresses, and only to who has their keys."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs

_SMS: Final = re.compile(r"/2010-04-01/Accounts/([^/]+)/Messages\.json")
_WHATSAPP: Final = re.compile(r"/(?:v\d+\.\d+/)?([^/]+)/messages")
_PUSH: Final = re.compile(r"/push/([\w-]+)")
LARGEST: Final = 4096  # that a push service takes
PLAINTEXT_HEADER: Final = 16 + 4 + 1 + 65  # salt, size, and a key (RFC 8188, 8291)


@dataclass(frozen=True, slots=True)
class Accounts:
    """What only the shop and the providers know."""

    sid: str
    token: str
    whatsapp: str
    phone_id: str
    app_secret: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``kind`` of who took it as ``number``; empty where nobody did."""

    status: int
    told: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    number: str = ""
    to: str = ""
    callback: str = ""

    @property
    def is_taken(self) -> bool:
        return bool(self.kind)

    @property
    def as_http(self) -> tuple[int, Mapping[str, str], bytes]:
        return self.status, {"Content-Type": "application/json"}, json.dumps(self.told).encode() if self.told else b""


def answer_of(path: str, headers: Mapping[str, str], body: bytes, accounts: Accounts) -> Answer:
    """What the one at this address says."""
    if found := _SMS.fullmatch(path):
        return _sms(found[1], headers, body, accounts)
    if found := _WHATSAPP.fullmatch(path):
        return _whatsapp(found[1], headers, body, accounts)
    return _push(headers, body) if _PUSH.fullmatch(path) else Answer(HTTPStatus.NOT_FOUND)


def _sms(sid: str, headers: Mapping[str, str], body: bytes, accounts: Accounts) -> Answer:
    key = base64.b64encode(f"{accounts.sid}:{accounts.token}".encode()).decode()
    if sid != accounts.sid or headers.get("authorization") != f"Basic {key}":
        return Answer(HTTPStatus.UNAUTHORIZED, {"code": 20003, "message": "Authenticate", "status": 401})
    told = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    if not told.get("To", "").startswith("+"):
        return Answer(HTTPStatus.BAD_REQUEST, {"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400})
    if not told.get("Body") or not (told.get("From") or told.get("MessagingServiceSid")):
        return Answer(HTTPStatus.BAD_REQUEST, {"code": 21602, "message": "Message body is required", "status": 400})
    number = f"SM{secrets.token_hex(16)}"
    said = {"sid": number, "status": "queued", "error_code": None}
    return Answer(HTTPStatus.CREATED, said, "sms", number, told["To"], told.get("StatusCallback", ""))


def _whatsapp(phone_id: str, headers: Mapping[str, str], body: bytes, accounts: Accounts) -> Answer:
    if phone_id != accounts.phone_id or headers.get("authorization") != f"Bearer {accounts.whatsapp}":
        return _error(HTTPStatus.UNAUTHORIZED, 190, "Invalid OAuth access token")
    told = json.loads(body)
    if told.get("messaging_product") != "whatsapp" or not str(told.get("to", "")).isdigit():
        return _error(HTTPStatus.BAD_REQUEST, 100, "Invalid parameter")
    for part in told.get("template", {}).get("components", []):
        if any(not one["text"] or "\n" in one["text"] for one in part["parameters"]):
            return _error(HTTPStatus.BAD_REQUEST, 132018, "Parameters can't be empty, nor have line breaks")
    number = f"wamid.{secrets.token_urlsafe(32)}"
    said = {"messaging_product": "whatsapp", "messages": [{"id": number}]}
    return Answer(HTTPStatus.OK, said, "whatsapp", number, str(told["to"]))


def _push(headers: Mapping[str, str], body: bytes) -> Answer:
    if not headers.get("authorization", "").startswith("vapid t="):
        return Answer(HTTPStatus.UNAUTHORIZED)
    whole = headers.get("ttl", "").isdigit() and headers.get("content-encoding") == "aes128gcm"
    if not whole or len(body) <= PLAINTEXT_HEADER:
        return Answer(HTTPStatus.BAD_REQUEST)
    if len(body) > LARGEST:
        return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return Answer(HTTPStatus.CREATED, kind="push", number=secrets.token_hex(8))


def _error(status: int, code: int, words: str) -> Answer:
    return Answer(status, {"error": {"message": words, "type": "OAuthException", "code": code}})
