"""What a form of the tablet asks for, and the use-case that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from instore.pickup import cancel, pick, put_back, ready
from instore.pickup.models import Pickup, ShortReason
from instore.pickup.moves import By
from instore.staff.guard import OnDuty
from instore.tablet.article import one_more, sku_on_the_list
from instore.tablet.collect import collect
from instore.tablet.models import LONGEST_NONCE, TabletAction
from instore.tablet.once import do_once
from instore.tablet.owed import Method

Verb = TabletAction.Verb
SHORTEST_NONCE: Final = 16
LONGEST_INTEGER: Final = 9  # digits: a database's integer has more, nobody orders as many
LONGEST_KEY: Final = 18


class Unreadable(ValueError):
    """The form says nothing that can be done: it is none of ours."""


@dataclass(frozen=True, slots=True)
class Act:
    """``reads`` what the form asks, ``does`` it."""

    reads: Callable[[QueryDict, Pickup], dict[str, Any]]
    does: Callable[[int, By, Mapping[str, Any]], Any]


def by_of(duty: OnDuty) -> By:
    """Who is on duty, as the history of a pickup knows them."""
    return By(place=str(duty.device), user=duty.associate.user, who=str(duty.associate))


def act(*, verb: Verb, pickup: Pickup, duty: OnDuty, form: QueryDict) -> TabletAction:
    """Do what ``form`` asks of ``pickup``, once for its nonce. Raises Unreadable, NonceSpent or NotOnTheList."""
    nonce = form.get("nonce", "")
    if not (nonce.isascii() and nonce.isprintable() and SHORTEST_NONCE <= len(nonce) <= LONGEST_NONCE):
        raise Unreadable
    asked = ACTS[verb].reads(form, pickup)
    by = by_of(duty)
    return do_once(
        nonce=nonce,
        verb=verb,
        pickup=pickup,
        duty=duty,
        asked=asked,
        act=lambda: ACTS[verb].does(pickup.pk, by, asked),
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
    if reason not in ShortReason.values:
        raise Unreadable
    line, found = _number(form, "line", LONGEST_KEY), _number(form, "found", LONGEST_INTEGER)
    return {"line": line, "found": found, "reason": reason}


def _paid(form: QueryDict, pickup: Pickup) -> dict[str, Any]:
    method = form.get("method", "")
    if method and method not in Method.values:
        raise Unreadable
    return {"method": method}


def _number(form: QueryDict, name: str, longest: int) -> int:
    said = form.get(name, "")
    if not (said.isascii() and said.isdigit() and len(said) <= longest):
        raise Unreadable
    return int(said)


def _mark_found(pickup: int, by: By, asked: Mapping[str, Any]) -> None:
    if "sku" in asked:
        one_more(pickup_id=pickup, sku=asked["sku"])
    else:
        pick.mark_picked(pickup_id=pickup, line=asked["line"], quantity=asked["quantity"])


def _mark_short(pickup: int, by: By, asked: Mapping[str, Any]) -> None:
    reason = ShortReason(asked["reason"])
    pick.mark_short(pickup_id=pickup, line=asked["line"], found=asked["found"], reason=reason, by=by)


def _collect(pickup: int, by: By, asked: Mapping[str, Any]) -> None:
    collect(pickup_id=pickup, by=by, method=Method(asked["method"]) if asked["method"] else None)


ACTS: Final = {
    Verb.BEGIN: Act(_nothing, lambda pickup, by, _: pick.begin(pickup_id=pickup, by=by)),
    Verb.FOUND: Act(_found, _mark_found),
    Verb.MISSING: Act(_missing, _mark_short),
    Verb.READY: Act(_nothing, lambda pickup, by, _: ready.mark_ready(pickup_id=pickup, by=by)),
    Verb.CANCEL: Act(_nothing, lambda pickup, by, _: cancel.cancel(pickup_id=pickup, by=by)),
    Verb.PUT_BACK: Act(_nothing, lambda pickup, by, _: put_back.put_back(pickup_id=pickup, by=by)),
    Verb.HAND_OVER: Act(_paid, _collect),
}
