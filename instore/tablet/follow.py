"""A pickup that stays on the tablet's screen is read again when somebody else has taken it on."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from instore.pickup.live import pickup_topic
from instore.pickup.models import Pickup, PickupStep
from instore.tablet import problems
from instore.tablet.sheet import last_step


def nothing_new(request: HttpRequest, pickup: Pickup, *, part: str) -> HttpResponse | None:
    """For a ``part`` that shows the last that happened already, as after a tap of its own: what keeps it following.

    What somebody has opened or typed there stays. None for a page that knows less, or is opened.
    """
    seen = request.GET.get("seen")
    if not (seen and request.headers.get("HX-Request")):
        return None
    if seen != _so_far(pickup, last_step(pickup)):
        return None
    facts = {"part": part, "url": request.path, "seen": seen, "topics": [pickup_topic(pickup.pk)]}
    answer = render(request, "instore/tablet/parts/follow.html", facts)
    answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = f"#{part}-follows"
    return answer


def facts_of(pickup: Pickup) -> dict[str, Any]:
    """What a page follows, who did the last thing, and what to do where nobody is expected any more: two queries."""
    step = last_step(pickup)
    return {
        "topics": [pickup_topic(pickup.pk)],
        "step": step,
        "seen": _so_far(pickup, step),
        "over": None if pickup.is_open else problems.over_or_elsewhere(pickup.state),
    }


def _so_far(pickup: Pickup, step: PickupStep | None) -> str:
    """Its last step, and when its shopper was last asked something or answered."""
    lines = pickup.lines.aggregate(Max("asked_at"), Max("answered_at"))
    said = max(filter(None, lines.values()), default=None)
    return f"{step.pk if step else 0}.{said:%Y%m%d%H%M%S%f}" if said else f"{step.pk if step else 0}."
