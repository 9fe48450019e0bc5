"""Why nothing comes back, in words, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from instore.returns import exceptions as refusals
from instore.tablet.problems import Told
from omni_sync.money.exceptions import InvalidAmount
from omni_sync.money.exponents import exponent, unit
from omni_sync.money.formatting import format_money, format_plain

#: An amount as it is typed, by the decimals that the currency has.
EXAMPLES: Final = {0: Decimal(149000), 2: Decimal("1149.50")}
#: What may come of a return without a receipt.
UNLINKED: Final = (
    refusals.AboveThePrice, refusals.NothingChosen, refusals.NotSaidWhy, refusals.OtherSum, refusals.OtherWay,
    refusals.KeySpent, InvalidAmount,
)  # fmt: skip
#: What may come of a return beside success. All of them leave everything as it was.
REFUSALS: Final = (
    refusals.NeverHappened, refusals.StillHere, refusals.AllBack, refusals.OtherCurrency, refusals.TooOld,
    refusals.TooMany, refusals.UnknownLine, refusals.NothingChosen, refusals.CashByManager, refusals.NotTakenYet,
    refusals.OtherSum, refusals.OtherWay, refusals.KeySpent,
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
    if not refusal.left:
        return Told(gettext("All of it is back already."), gettext("Look at what came back before, and count again."))
    what = ngettext(
        "Only %(left)d of this can still come back.",
        "Only %(left)d of these can still come back.",
        refusal.left,
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
        gettext("Now it is %(amount)s, not what the button said.")
        % {"amount": _money(refusal.amount, refusal.currency)},
        gettext("Nothing was done. Look at it again, then tap."),
    )


def _other_way(_: Any) -> Told:
    return Told(
        gettext("Now the money goes back in another way than the button said."),
        gettext("Nothing was done. Look at it again, then tap."),
    )


def _above_the_price(refusal: refusals.AboveThePrice) -> Told:
    if refusal.most is None:
        return Told(gettext("It has no price here: it can't be taken back."), "")
    return Told(
        gettext("It costs %(most)s today: no more is given for it.") % {"most": _money(refusal.most, refusal.currency)},
        gettext("Type less, then tap."),
    )


def _not_said_why(_: Any) -> Told:
    return Told(gettext("Say why there is no receipt."), gettext("It is kept with the return."))


def _no_amount(refusal: InvalidAmount) -> Told:
    currency = refusal.currency
    example = format_plain(EXAMPLES[exponent(currency)], currency, get_language() or "en")
    facts = {"typed": str(refusal.value).strip()[:20], "coin": _money(unit(currency), currency)}
    if not facts["typed"]:
        what = gettext("Say how much is given for each.")
    elif refusal.reason in ("sign", "nothing"):
        what = gettext("What is given for each has to be more than nothing.")
    elif refusal.reason == "decimals":
        what = gettext("“%(typed)s” has too many decimals: the smallest coin is %(coin)s.") % facts
    else:
        what = gettext("“%(typed)s” is no amount.") % facts
    return Told(what, gettext("Type it like this: %(example)s") % {"example": example})


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
    refusals.OtherWay: _other_way,
    refusals.AboveThePrice: _above_the_price,
    refusals.NotSaidWhy: _not_said_why,
    InvalidAmount: _no_amount,
}
