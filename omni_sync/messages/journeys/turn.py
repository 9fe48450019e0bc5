"""What is asked of each that could go, one after the other: what went before it counts.

All of it is asked of those who hear nothing too: they are who would have been sent a message at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from omni_sync.messages.journeys.compared import SPARED, is_held_out
from omni_sync.messages.journeys.decided import Decided
from omni_sync.messages.journeys.known import Known
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.offers import is_offered, open_offers
from omni_sync.oscar.models import Voucher
from omni_sync.transactions import inside_transaction

Why = FollowUp.Why


@inside_transaction
def why_not(
    one: Decided, told: Mapping[str, Any] | None, offer: Voucher | None, known: Known, now: datetime
) -> Why | None:
    """Why it does not go after all. Where it goes, its offer is open, and the next of theirs finds the cap taken."""
    if told is None:
        return Why.GONE
    if one.is_marketing:
        one.follow_up.said["cap"] = [known.cap.used[one.root], known.cap.most]
        if known.cap.is_reached(one.root):
            return Why.CAP
    products = [int(pk) for pk in told.get("products", ())]
    if is_held_out(one.follow_up.journey_id, one.root, one.follow_up.journey.hold_out):
        refused = offer is not None and is_offered(root=one.root, products=products, now=now)
        return Why.OFFER if refused else _spared(one, known)
    if offer is not None:
        ends = offer.end_datetime
        if not open_offers(follow_up=one.follow_up, root=one.root, products=products, now=now, ends=ends):
            return Why.OFFER
    if one.is_marketing:
        known.cap.take(one.root)
    return None


def _spared(one: Decided, known: Known) -> Why:
    """They hear nothing; once the messages that they were spared reach the cap, they would not have been sent more."""
    place = one.follow_up.journey_id, one.root
    if one.is_marketing and known.cap.used[one.root] + known.spared[place] >= known.cap.most:
        one.follow_up.said = {"channel": one.verdict.channel, SPARED: known.spared[place]}
        return Why.CAP
    known.spared[place] += 1
    return Why.HELD_OUT
