"""Our refusals, as a checkout shows them."""

from __future__ import annotations

from django.utils.translation import gettext

from instore.pickup.exceptions import SlotFull, SlotGone
from instore.stores.words import from_when
from omni_sync.oscar.refusals import UnableToPlaceOrder


class SlotRefused(UnableToPlaceOrder):
    """Nothing was ordered, because it can't be collected when the shopper asked: ``refused`` says why."""

    def __init__(self, refused: SlotFull | SlotGone) -> None:
        super().__init__(refused)
        self.refused = refused

    def __str__(self) -> str:
        return " ".join([self._why(), gettext("Nothing was ordered."), self._instead()])

    def _why(self) -> str:
        store = {"store": str(self.refused.store)}
        if isinstance(self.refused, SlotGone):
            return gettext("%(store)s can't have your order ready at the time you chose.") % store
        if self.refused.at is None:
            return gettext("%(store)s can't take more orders to collect at the moment.") % store
        return gettext("Somebody else took the last place at %(store)s at the time you chose.") % store

    def _instead(self) -> str:
        if self.refused.next is None:
            return gettext("Please choose another shop, or have it delivered.")
        return gettext("Please choose another time: there is room %(when)s.") % {"when": from_when(self.refused.next)}
