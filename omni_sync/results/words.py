"""An interval in the words of who has a shop to run."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from omni_sync.messages.comparing.groups import HELD_OUT
from omni_sync.results.judge import Judged, Question


def in_words(question: Question, judged: Judged) -> dict[str, str]:
    """``asked``, what is ``known``, and the ``verdict``, which is empty until its time has come."""
    is_held = question.other == HELD_OUT
    return {
        "asked": _("Did the messages bring anybody to buy?") if is_held else _("Does version B do better than A?"),
        "known": _known(question),
        "verdict": _verdict(question) if judged.is_ripe else "",
    }


def _known(question: Question) -> str:
    found = question.change
    if found.low is None or found.high is None:
        if found.is_known:
            return _("In one of the groups nobody bought anything: there is a difference, nobody knows how large.")
        return _("Too few have bought anything in one of the groups: nothing can be said yet.")
    bounds = {"low": _share(found.low), "high": _share(found.high)}
    if question.other == HELD_OUT:
        said = _("Between %(low)s and %(high)s of those who got a message bought something, against who heard nothing")
    else:
        said = _("Between %(low)s and %(high)s of those who got B bought something, against those who got A")
    end = "." if found.is_known else _(": not enough to tell.")
    return said % bounds + end


def _verdict(question: Question) -> str:
    found, is_held = question.change, question.other == HELD_OUT
    if not found.is_known and found.low is None:
        return _("Too few have bought anything: nothing can be said.")
    if not found.is_known:
        return _(
            "No difference was seen. There may be one, within these bounds, but not one that this test was made for."
        )
    if found.direction > 0:
        return _("The messages work: more people bought.") if is_held else _("B is better: use it.")
    return _("The messages do harm: fewer people bought.") if is_held else _("A is better: use it.")


def _share(share: float) -> str:
    percent = round(abs(share) * 100)
    said: dict[str, Any] = {"percent": number_format(percent, 0)}
    return _("%(percent)s %% more") % said if share >= 0 else _("%(percent)s %% fewer") % said
