"""What a shopper is told of an order that was not placed."""

from __future__ import annotations

from django.utils.translation import gettext

from omni_sync.checkout.models import Intended

Why = Intended.Why


def why_not(why: Intended.Why) -> str:
    """In one or two sentences: what happened, and what became of the money."""
    if why == Why.SOLD_OUT:
        return gettext(
            "While you were paying, somebody else bought the last one. Nothing was ordered, your money is let go of."
        )
    if why == Why.CHANGED:
        return gettext("While you were paying, the price changed. Nothing was ordered, your money is let go of.")
    if why == Why.FAILED:
        return gettext("Your order could not be placed. Nothing was ordered, your money is let go of.")
    if why == Why.EXPIRED:
        return gettext("The time to pay is over. Nothing was charged or ordered: your basket is as it was.")
    return gettext("The payment was called off. Nothing was charged or ordered: your basket is as it was.")
