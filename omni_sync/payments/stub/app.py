"""The stub's addresses: ``/v1/…`` as Stripe has them, ``/pay/…`` the page, ``/_stub/…`` the switches."""

from __future__ import annotations

import hmac
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from omni_sync.payments.stub.bank import Bank
from omni_sync.payments.stub.errors import Refusal, missing
from omni_sync.payments.stub.faults import Faults
from omni_sync.payments.stub.forms import nested
from omni_sync.payments.stub.page import page
from omni_sync.payments.stub.post import Post
from omni_sync.payments.stub.repeats import Repeats
from omni_sync.payments.stub.things import Thing, shown

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LARGEST: Final = 1024 * 1024
LINE: Final = re.compile(r"/v1/(?P<what>checkout/sessions|payment_intents|refunds)(?:/(?P<id>\w+)(?:/(?P<do>\w+))?)?")


@dataclass(slots=True)
class Asked:
    """One request to the API."""

    method: str
    path: str
    form: str
    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Answer:
    status: int
    body: str
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)


class Stub:
    """A WSGI application."""

    def __init__(self, *, bank: Bank, faults: Faults, post: Post, secret: str, address: str) -> None:
        self.bank, self.faults, self.post, self.secret, self.address = bank, faults, post, secret, address
        self.repeats = Repeats()
        self.journal: list[dict[str, Any]] = []

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ)
        body = answer.body.encode()
        status = HTTPStatus(answer.status)
        start(f"{status.value} {status.phrase}", [*answer.headers, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        path, method = str(environ["PATH_INFO"]), str(environ["REQUEST_METHOD"])
        length = min(int(environ.get("CONTENT_LENGTH") or 0), LARGEST)
        body = environ["wsgi.input"].read(length).decode("utf-8", "replace")
        try:
            if path.startswith("/_stub/"):
                return self._switch(method, path, body)
            if path.startswith("/pay/"):
                return self._page(method, path.removeprefix("/pay/"), body)
            self._check(str(environ.get("HTTP_AUTHORIZATION", "")))
            form = body if method == "POST" else str(environ.get("QUERY_STRING", ""))
            return self._call(Asked(method, path, form, str(environ.get("HTTP_IDEMPOTENCY_KEY", "")), nested(form)))
        except Refusal as refusal:
            return _json(refusal.as_json(), refusal.status)

    def _check(self, shown_key: str) -> None:
        if not hmac.compare_digest(shown_key.encode(), f"Bearer {self.secret}".encode()):
            raise Refusal(HTTPStatus.UNAUTHORIZED, "api_key_invalid", "Invalid API key")

    def _call(self, asked: Asked) -> Answer:
        if asked.method != "POST":
            return _json(*self._carry_out(asked))
        self.journal.append({"path": asked.path, "key": asked.key, "fields": asked.fields})
        if self.faults.strikes("error_before", asked.path):
            return _json({"error": {"type": "api_error"}}, HTTPStatus.SERVICE_UNAVAILABLE)
        told = self.repeats.once(asked.key, f"{asked.path}?{asked.form}", lambda: self._carry_out_badly(asked))
        silence = self.faults.strikes("silent_after", asked.path)
        if silence is not None:
            time.sleep(silence.seconds)
        return _json(*told)

    def _carry_out_badly(self, asked: Asked) -> tuple[Mapping[str, Any], int]:
        told = self._carry_out(asked)
        if self.faults.strikes("error_after", asked.path):
            return {"error": {"type": "api_error"}}, HTTPStatus.INTERNAL_SERVER_ERROR
        return told

    def _carry_out(self, asked: Asked) -> tuple[Mapping[str, Any], int]:
        found = LINE.fullmatch(asked.path)
        if found is None:
            raise missing("address")
        with self.bank.lock:
            try:
                thing = self._verb(asked, found["what"], found["id"] or "", found["do"] or "")()
            except Refusal as refusal:
                return refusal.as_json(), refusal.status
            finally:
                self.bank.save()
            return self._shown(thing, asked), HTTPStatus.OK

    def _verb(self, asked: Asked, what: str, number: str, do: str) -> Callable[[], Thing]:
        bank, fields = self.bank, asked.fields
        verbs: dict[tuple[str, str, bool, str], Callable[[], Thing]] = {
            ("POST", "checkout/sessions", False, ""): lambda: bank.make_session(fields, self.address),
            ("GET", "checkout/sessions", True, ""): lambda: bank.find("checkout.session", number),
            ("POST", "checkout/sessions", True, "expire"): lambda: bank.expire_session(number),
            ("GET", "payment_intents", True, ""): lambda: bank.find("payment_intent", number),
            ("POST", "payment_intents", True, "capture"): lambda: bank.capture(number, fields),
            ("POST", "payment_intents", True, "cancel"): lambda: bank.cancel(number, fields),
            ("POST", "refunds", False, ""): lambda: bank.refund(fields),
            ("GET", "refunds", False, ""): lambda: self._list(fields),
        }
        verb = verbs.get((asked.method, what, bool(number), do))
        if verb is None:
            raise missing("address")
        return verb

    def _list(self, fields: Mapping[str, Any]) -> Thing:
        of = [shown(refund) for refund in self.bank.refunds_of(str(fields.get("payment_intent")))]
        after = fields.get("starting_after")
        if after:
            of = of[[one["id"] for one in of].index(after) + 1 :]
        limit = int(fields.get("limit") or 10)
        return {"object": "list", "data": of[:limit], "has_more": len(of) > limit}

    def _shown(self, thing: Thing, asked: Asked) -> Thing:
        seen = shown(thing)
        if "latest_charge" in (asked.fields.get("expand") or {}).values() and seen.get("latest_charge"):
            seen["latest_charge"] = shown(self.bank.things[seen["latest_charge"]])
        return seen

    def _page(self, method: str, number: str, body: str) -> Answer:
        with self.bank.lock:
            session = self.bank.find("checkout.session", number)
            was_declined = False
            if method == "POST" and session["status"] == "open":
                accepts = parse_qs(body).get("do") == ["pay"]
                was_declined = not self.bank.pay(number, accepts=accepts)
                self.bank.save()
                if not was_declined:
                    to = session["success_url"].replace("{CHECKOUT_SESSION_ID}", number)
                    return Answer(HTTPStatus.SEE_OTHER, "", (("Location", to),))
            headers = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"))
            return Answer(HTTPStatus.OK, page(session, was_declined=was_declined), headers)

    def _switch(self, method: str, path: str, body: str) -> Answer:
        told = json.loads(body) if body else {}
        name = path.removeprefix("/_stub/")
        if name == "faults" and method == "POST" and self.faults.switch(told):
            return _json({})
        if name == "faults" and method == "DELETE":
            self.faults.clear()
            return _json({})
        if name == "events/let_go" and method == "POST":
            self.post.let_go()
            return _json({})
        if name == "lapse" and method == "POST":
            with self.bank.lock:
                return _json(shown(self.bank.lapse(str(told.get("intent")))))
        if name == "bounce" and method == "POST":
            with self.bank.lock:
                return _json(shown(self.bank.bounce(str(told.get("refund")))))
        if name == "journal" and method == "GET":
            return _json({"data": self.journal})
        raise missing("switch")


def _json(told: Mapping[str, Any], status: int = HTTPStatus.OK) -> Answer:
    return Answer(status, json.dumps(told))
