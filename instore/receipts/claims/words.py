"""Why a receipt could not be added, and what to do then."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from instore.receipts.claims.exceptions import (
    AllReturned,
    AlreadyClaimed,
    NotAToken,
    SaleTakenBack,
    TooManyWaiting,
    TooOldToClaim,
)
from instore.receipts.exceptions import ReceiptUnknown

REFUSALS = (AllReturned, AlreadyClaimed, NotAToken, ReceiptUnknown, SaleTakenBack, TooManyWaiting, TooOldToClaim)


class Refusal(NamedTuple):
    """What is so, what to do, and the status that says it to machines."""

    title: str
    words: str
    status: int


def refusal_of(refused: Exception) -> Refusal:
    """The words for one of ``REFUSALS``."""
    match refused:
        case AlreadyClaimed():
            return Refusal(
                _("This receipt is in an account already"),
                _("A purchase goes into one account. Did somebody of yours add it? If not, show the paper in a shop."),
                HTTPStatus.CONFLICT,
            )
        case SaleTakenBack():
            return Refusal(
                _("The shop took this sale back"),
                _("There is nothing of it to add. If you have the goods, show the paper in a shop: we will see to it."),
                HTTPStatus.GONE,
            )
        case AllReturned():
            return Refusal(
                _("All of this came back"),
                _("Nothing of it is left to add. What you took instead has a receipt of its own: add that one."),
                HTTPStatus.GONE,
            )
        case TooOldToClaim(days=days):
            words = ngettext(
                "A purchase can be added for %(days)s day. Keep the paper: it is as good as ever for a warranty.",
                "A purchase can be added for %(days)s days. Keep the paper: it is as good as ever for a warranty.",
                days,
            )
            return Refusal(_("This receipt is too old to be added"), words % {"days": days}, HTTPStatus.GONE)
        case TooManyWaiting():
            return Refusal(
                _("Many receipts of yours wait already"),
                _("Their tills have not told us of them yet. Add this one when some have come."),
                HTTPStatus.TOO_MANY_REQUESTS,
            )
    return Refusal(
        _("No receipt has this code"),
        _("Scan the QR on the paper once more, flat and in good light. If it stays so, show the paper in a shop."),
        HTTPStatus.NOT_FOUND,
    )


def too_often() -> Refusal:
    """For who tries many."""
    return Refusal(
        _("That was tried too often"),
        _("Wait a minute, then try once more. Nothing is lost."),
        HTTPStatus.TOO_MANY_REQUESTS,
    )
