"""What a form of the tablet asks for, and the use-case that does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict

from instore.pickup import ask, pick, put_back, ready
from instore.pickup.models import FOUND_OUT, Pickup, ShortReason
from instore.pickup.moves import By
from instore.staff.guard import OnDuty
from instore.tablet.article import one_more, sku_on_the_list
from instore.tablet.cancel import cancel_here
from instore.tablet.collect import collect
from instore.tablet.models import LONGEST_NONCE, TabletAction
from instore.tablet.once import do_once
from instore.tablet.owed import Method, Paying
from instore.vouchers.ledger import at_the_tablet

Verb = TabletAction.Verb
SHORTEST_NONCE: Final = 16
LONGEST_INTEGER: Final = 9  # digits: a database's integer has more, nobody orders as many
LONGEST_KEY: Final = 18
NUMBER: Final = re.compile(r"V-[0-9A-F]{10}", re.ASCII)
PAYS: Final = re.compile(r"\d{1,10}(?:\.\d{1,2})?", re.ASCII)


class Unreadable(ValueError):
    """The form says nothing that can be done: it is none of ours."""


@dataclass(frozen=True, slots=True)
class Act:
    """``reads`` what the form asks, ``does`` it."""

    reads: Callable[[QueryDict, Pickup], dict[str, Any]]
    does: Callable[[int, OnDuty, Mapping[str, Any]], Any]


def by_of(duty: OnDuty) -> By:
    """Who is on duty, as the history of a pickup knows them."""
    return By(place=str(duty.device), user=duty.associate.user, who=str(duty.associate))


def act(*, verb: Verb, pickup: Pickup, duty: OnDuty, form: QueryDict) -> TabletAction:
    """Do what ``form`` asks of ``pickup``, once for its nonce. Raises Unreadable, NonceSpent or NotOnTheList."""
    nonce = form.get("nonce", "")
    if not (nonce.isascii() and nonce.isprintable() and SHORTEST_NONCE <= len(nonce) <= LONGEST_NONCE):
        raise Unreadable
    asked = ACTS[verb].reads(form, pickup)
    return do_once(
        nonce=nonce,
        verb=verb,
        pickup=pickup,
        duty=duty,
        asked=asked,
        act=lambda: ACTS[verb].does(pickup.pk, duty, asked),
    )


def _nothing(form: QueryDict, pickup: Pickup) -> dict[str, Any]:
    return {}


def _found(form: QueryDict, pickup: Pickup) -> dict[str, Any]:
    article = form.get("article")
    if article is not None:
        return {"sku": sku_on_the_list(pickup=pickup, said=article)}
    return {"line": _number(form, "line", LONGEST_KEY), "quantity": _number(form, "quantity", LONGEST_INTEGER)}


def _missing(form: QueryDict, pickup: Pickup) -> dict[str, Any]:
    reason = form.get("reason", "")
    if reason not in FOUND_OUT:
        raise Unreadable
    line, found = _number(form, "line", LONGEST_KEY), _number(form, "found", LONGEST_INTEGER)
    return {"line": line, "found": found, "reason": reason}


def _line(form: QueryDict, pickup: Pickup) -> dict[str, Any]:
    return {"line": _number(form, "line", LONGEST_KEY)}


def _paid(form: QueryDict, pickup: Pickup) -> dict[str, Any]:
    method = form.get("method", "")
    if method and method not in Method.values:
        raise Unreadable
    return {"method": method} | ({"friend": True} if "friend" in form else {}) | _voucher(form)


def _voucher(form: QueryDict) -> dict[str, str]:
    """Which voucher pays, by its number, and how much."""
    number, pays = form.get("voucher", ""), form.get("pays", "")
    if not number:
        return {}
    if not (NUMBER.fullmatch(number) and PAYS.fullmatch(pays)):
        raise Unreadable
    return {"voucher": number, "pays": pays}


def _number(form: QueryDict, name: str, longest: int) -> int:
    said = form.get(name, "")
    if not (said.isascii() and said.isdigit() and len(said) <= longest):
        raise Unreadable
    return int(said)


def _mark_found(pickup: int, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    if "sku" in asked:
        one_more(pickup_id=pickup, sku=asked["sku"])
    else:
        pick.mark_picked(pickup_id=pickup, line=asked["line"], quantity=asked["quantity"])


def _mark_short(pickup: int, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    reason = ShortReason(asked["reason"])
    pick.mark_short(pickup_id=pickup, line=asked["line"], found=asked["found"], reason=reason, by=by_of(duty))


def _collect(pickup: int, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    method = Method(asked["method"]) if asked["method"] else None
    number = asked.get("voucher")
    paying = Paying(number, Decimal(asked["pays"]), at_the_tablet(duty)) if number else None
    collect(pickup_id=pickup, by=by_of(duty), method=method, is_friend="friend" in asked, paying=paying)


ACTS: Final = {
    Verb.BEGIN: Act(_nothing, lambda pickup, duty, _: pick.begin(pickup_id=pickup, by=by_of(duty))),
    Verb.FOUND: Act(_found, _mark_found),
    Verb.MISSING: Act(_missing, _mark_short),
    Verb.ASK: Act(_line, lambda pickup, _, asked: ask.ask(pickup_id=pickup, line=asked["line"])),
    Verb.READY: Act(_nothing, lambda pickup, duty, _: ready.mark_ready(pickup_id=pickup, by=by_of(duty))),
    Verb.CANCEL: Act(_nothing, lambda pickup, duty, _: cancel_here(pickup_id=pickup, role=duty.role, by=by_of(duty))),
    Verb.PUT_BACK: Act(_nothing, lambda pickup, duty, _: put_back.put_back(pickup_id=pickup, by=by_of(duty))),
    Verb.HAND_OVER: Act(_paid, _collect),
}
