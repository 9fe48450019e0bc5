"""Why nothing is exchanged, in words, and what to do next."""

from __future__ import annotations

from typing import Final

from django.utils.translation import get_language, gettext, ngettext

from instore.exchanges import exceptions as refusals
from instore.returns import problems as returns
from instore.tablet.problems import Told
from omni_sync.catalogue.wording import own_title
from omni_sync.money.formatting import format_money

#: What may come of an exchange beside success. All of them leave everything as it was.
REFUSALS: Final = (
    *returns.REFUSALS,
    refusals.NothingTaken,
    refusals.NotForSale,
    refusals.NoneLeft,
    refusals.OtherDifference,
)


def told(refusal: Exception) -> Told:
    """The words for one of ``REFUSALS``."""
    match refusal:
        case refusals.NoneLeft():
            return _none_left(refusal)
        case refusals.NotForSale():
            return _not_for_sale(refusal)
        case refusals.OtherDifference():
            return _other_difference(refusal)
        case refusals.NothingTaken():
            return Told(
                gettext("Nothing goes out yet."), gettext("Choose a size or an article, or take it back for money.")
            )
        case _:
            return returns.told(refusal)


def _none_left(refusal: refusals.NoneLeft) -> Told:
    named = {"title": own_title(refusal.title), "left": refusal.left}
    if not refusal.left:
        what = gettext("By the books no “%(title)s” is left here to promise.") % named
    else:
        what = ngettext(
            "By the books only %(left)d of “%(title)s” is left here to promise.",
            "By the books only %(left)d of “%(title)s” are left here to promise.",
            refusal.left,
        ) % named  # fmt: skip
    return Told(what, gettext("Choose another. If it is in your hand, let a manager count it first."))


def _not_for_sale(refusal: refusals.NotForSale) -> Told:
    what = (
        gettext("“%(title)s” has no price in this store.") % {"title": own_title(refusal.title)}
        if refusal.title
        else gettext("This article is not sold any more.")
    )
    return Told(what, gettext("Choose another article."))


def _other_difference(refusal: refusals.OtherDifference) -> Told:
    amount = format_money(abs(refusal.difference), refusal.currency, get_language() or "en")
    if refusal.difference > 0:
        what = gettext("Something changed meanwhile: now %(amount)s is to pay.") % {"amount": amount}
    elif refusal.difference < 0:
        what = gettext("Something changed meanwhile: now %(amount)s goes back.") % {"amount": amount}
    else:
        what = gettext("Something changed meanwhile: now there is nothing to pay.")
    return Told(what, gettext("Nothing was done. Look at it again, then tap."))
