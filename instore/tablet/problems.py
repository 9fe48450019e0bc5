"""What could not be done, in words, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language, gettext, ngettext

from instore.pickup.models import State
from instore.tablet.models import TabletAction
from omni_sync.catalogue.worded import product_worded
from omni_sync.money.formatting import format_money
from omni_sync.oscar.models import Product


@dataclass(frozen=True, slots=True)
class Told:
    """``what`` happened and what ``next`` is to be done."""

    what: str
    next: str


def told(action: TabletAction) -> Told | None:
    """Why the tap did nothing; None where it was done."""
    return _WORDS[action.problem](action.facts) if action.problem else None


def out_of_date() -> Told:
    """The page was older than what it showed, or was not ours."""
    return Told(gettext("This page was out of date, and nothing was done."), gettext("Look at it again, then tap."))


def not_on_the_list(product: Product | None) -> Told:
    """The article in somebody's hand is none of this order's; ``product`` is what it is, None where we don't know."""
    if product is None:
        return Told(gettext("No article of this order has this number."), gettext("Compare it with the list below."))
    words = product_worded(product)
    what = gettext("This is not in this order: %(article)s.") % {"article": ", ".join([words.title, *words.facts])}
    return Told(what, gettext("Put it back, and compare title, size and colour."))


def somebody_elses() -> Told:
    """A tap that waited for a connection, while somebody else signed in."""
    return Told(
        gettext("Somebody else tapped this, and it was not done."),
        gettext("Look at the pickup, and tap again what is still to be done."),
    )


def over_or_elsewhere(state: str) -> Told:
    """The pickup is not where this tap would take it on from; ``state`` is where it is."""
    words = {
        State.PLACED: (gettext("Nobody has started to pick this."), gettext("Start to pick it first.")),
        State.PICKING: (
            gettext("This is being picked."),
            gettext("Somebody was faster: help them, or take the next one."),
        ),
        State.READY: (gettext("This is ready to collect already."), gettext("Put the bag with the others.")),
        State.COLLECTED: (
            gettext("This was handed over already."),
            gettext("Don't give anything out. If the shopper has no bag, ask who did it: it is written below."),
        ),
        State.CANCELLED: (gettext("This was cancelled."), gettext("Put the goods back where they were.")),
        State.EXPIRED: (
            gettext("The time to collect this is over."),
            gettext("Put the goods back on the shelf; the shopper may order again."),
        ),
        State.PUT_BACK: (
            gettext("These goods are back on the shelf."),
            gettext("Sell them as any others; the shopper may order again."),
        ),
    }
    return Told(*words[State(state)])


def _wrong_state(facts: Mapping[str, Any]) -> Told:
    return over_or_elsewhere(facts["state"])


def _not_picked(facts: Mapping[str, Any]) -> Told:
    lines = len(facts["lines"])
    what = ngettext("%(lines)d line is not done.", "%(lines)d lines are not done.", lines) % {"lines": lines}
    return Told(what, gettext("Say of each whether it is in the bag or not there."))


def _nothing_picked(facts: Mapping[str, Any]) -> Told:
    return Told(gettext("The bag is empty: nothing was there."), gettext("Cancel the pickup; the shopper is told."))


def _too_many(facts: Mapping[str, Any]) -> Told:
    most = ngettext("At most %(most)d makes sense here.", "At most %(most)d make sense here.", facts["most"])
    return Told(most % {"most": facts["most"]}, gettext("Count again."))


def _line_settled(facts: Mapping[str, Any]) -> Told:
    what = ngettext(
        "Somebody has said already that only %(picked)d is there.",
        "Somebody has said already that only %(picked)d are there.",
        facts["picked"],
    )
    return Told(what % {"picked": facts["picked"]}, gettext("Put those in the bag; the rest is sold to others again."))


def _unknown_line(facts: Mapping[str, Any]) -> Told:
    return out_of_date()


def _nothing_missing(facts: Mapping[str, Any]) -> Told:
    return Told(gettext("All of it is in the bag by now."), gettext("Look at the bag: there is nothing to ask."))


def _already_asked(facts: Mapping[str, Any]) -> Told:
    return Told(
        gettext("The shopper was asked already."),
        gettext("Look for it meanwhile. The answer shows here as soon as there is one."),
    )


def _money_due(facts: Mapping[str, Any]) -> Told:
    due = format_money(Decimal(facts["amount"]), facts["currency"], get_language() or "en")
    return Told(
        gettext("%(amount)s is still to be paid.") % {"amount": due},
        gettext("Take the money and say how it was paid. Until then keep the bag."),
    )


def _managers_only(facts: Mapping[str, Any]) -> Told:
    return Told(
        gettext("This bag is ready: only a manager cancels it."),
        gettext("Ask a manager to sign in here, or keep the bag for its shopper."),
    )


def _voucher_voided(facts: Mapping[str, Any]) -> Told:
    return Told(gettext("This voucher is void."), gettext("It pays for nothing. Ask a manager why, if somebody asks."))


def _voucher_ended(facts: Mapping[str, Any]) -> Told:
    return Told(gettext("This voucher's time is over."), gettext("It pays for nothing any more. Ask a manager."))


def _not_enough(facts: Mapping[str, Any]) -> Told:
    left = format_money(Decimal(facts["balance"]), facts["currency"], get_language() or "en")
    return Told(gettext("Only %(left)s is left on this voucher.") % {"left": left}, gettext("Look at it once more."))


def _voucher_currency(facts: Mapping[str, Any]) -> Told:
    return Told(
        gettext("This voucher is of another currency: %(currency)s.") % {"currency": facts["currency"]},
        gettext("It is spent where that is paid with."),
    )


def voucher_unknown() -> Told:
    """No voucher has this code."""
    return Told(gettext("No voucher has this code."), gettext("Compare it letter by letter, or scan the QR."))


def voucher_refused(refusal: Exception) -> Told:
    """Why a voucher pays for nothing."""
    return _WORDS[type(refusal).__name__](vars(refusal))


def too_many_vouchers() -> Told:
    """So many were asked for that somebody may be guessing."""
    return Told(gettext("This tablet has asked for many vouchers."), gettext("Wait ten minutes."))


_WORDS: Final[dict[str, Callable[[Mapping[str, Any]], Told]]] = {
    "WrongState": _wrong_state,
    "NotPicked": _not_picked,
    "NothingPicked": _nothing_picked,
    "TooMany": _too_many,
    "LineSettled": _line_settled,
    "UnknownLine": _unknown_line,
    "NothingMissing": _nothing_missing,
    "AlreadyAsked": _already_asked,
    "MoneyDue": _money_due,
    "ManagersOnly": _managers_only,
    "VoucherVoided": _voucher_voided,
    "VoucherEnded": _voucher_ended,
    "NotEnough": _not_enough,
    "VoucherCurrency": _voucher_currency,
}
