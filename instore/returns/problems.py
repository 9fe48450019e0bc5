"""Why nothing comes back, in words, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from instore.returns import exceptions as refusals
from instore.tablet.problems import Told
from omni_sync.money.formatting import format_money

#: What may come of a return beside success. All of them leave everything as it was.
REFUSALS: Final = (
    refusals.NeverHappened, refusals.StillHere, refusals.AllBack, refusals.OtherCurrency, refusals.TooOld,
    refusals.TooMany, refusals.UnknownLine, refusals.NothingChosen, refusals.CashByManager, refusals.NotTakenYet,
    refusals.OtherSum, refusals.KeySpent,
)  # fmt: skip


def told(refusal: Exception) -> Told:
    """The words for one of ``REFUSALS``."""
    return _WORDS[type(refusal)](refusal)


def unknown() -> Told:
    """Nothing is known by this number or QR."""
    return Told(
        gettext("No purchase has this number."),
        gettext("Compare it with the receipt. A till's sale may come in some minutes late."),
    )


def _never_happened(_: Any) -> Told:
    return Told(
        gettext("This purchase was cancelled."), gettext("Its money went back then. If goods are here, ask a manager.")
    )


def _still_here(_: Any) -> Told:
    return Told(
        gettext("This is not paid and handed over yet."),
        gettext("Cancel the order instead. What was paid online takes some minutes to arrive."),
    )


def _all_back(_: Any) -> Told:
    return Told(gettext("All of it came back before."), gettext("Give nothing back. What came back stands below."))


def _other_currency(refusal: refusals.OtherCurrency) -> Told:
    return Told(
        gettext("This was paid in another currency: %(currency)s.") % {"currency": refusal.currency},
        gettext("It comes back where it was bought."),
    )


def _too_old(refusal: refusals.TooOld) -> Told:
    what = ngettext(
        "This was bought on %(date)s: goods come back within %(days)d day.",
        "This was bought on %(date)s: goods come back within %(days)d days.",
        refusal.days,
    )
    facts = {"date": date_format(refusal.at, gettext("j M Y")), "days": refusal.days}
    return Told(what % facts, gettext("A manager may take it back all the same, signed in here."))


def _too_many(refusal: refusals.TooMany) -> Told:
    what = ngettext(
        "Only %(left)d of this can still come back.",
        "Only %(left)d of these can still come back.",
        max(refusal.left, 1),
    )
    return Told(what % {"left": refusal.left}, gettext("Look at what came back before, and count again."))


def _out_of_date(_: Any) -> Told:
    return Told(gettext("This page was out of date, and nothing was done."), gettext("Look at it again, then tap."))


def _nothing_chosen(_: Any) -> Told:
    return Told(gettext("Nothing is chosen yet."), gettext("Say how many of what come back."))


def _cash_by_manager(refusal: refusals.CashByManager) -> Told:
    most = _money(refusal.most, refusal.currency)
    return Told(
        gettext("Only %(most)s of it was paid in cash.") % {"most": most},
        gettext("Give it back the way it was paid, or ask a manager to sign in here."),
    )


def _not_taken_yet(refusal: refusals.NotTakenYet) -> Told:
    missing = _money(refusal.missing, refusal.currency)
    return Told(
        gettext("%(missing)s can't go back the way it was paid.") % {"missing": missing},
        gettext("A manager may give it back in cash, signed in here."),
    )


def _other_sum(refusal: refusals.OtherSum) -> Told:
    return Told(
        gettext("Something came back meanwhile: now it is %(amount)s.")
        % {"amount": _money(refusal.amount, refusal.currency)},
        gettext("Nothing was done. Look at it again, then tap."),
    )


def _above_the_price(refusal: refusals.AboveThePrice) -> Told:
    if refusal.most is None:
        return Told(gettext("It has no price here: it can't be taken back."), "")
    return Told(
        gettext("It costs %(most)s today: no more is given for it.") % {"most": _money(refusal.most, refusal.currency)},
        gettext("Type less, then tap."),
    )


def _money(amount: Any, currency: str) -> str:
    return format_money(amount, currency, get_language() or "en")


_WORDS: Final[dict[type[Exception], Callable[[Any], Told]]] = {
    refusals.NeverHappened: _never_happened,
    refusals.StillHere: _still_here,
    refusals.AllBack: _all_back,
    refusals.OtherCurrency: _other_currency,
    refusals.TooOld: _too_old,
    refusals.TooMany: _too_many,
    refusals.UnknownLine: _out_of_date,
    refusals.KeySpent: _out_of_date,
    refusals.NothingChosen: _nothing_chosen,
    refusals.CashByManager: _cash_by_manager,
    refusals.NotTakenYet: _not_taken_yet,
    refusals.OtherSum: _other_sum,
    refusals.AboveThePrice: _above_the_price,
}
