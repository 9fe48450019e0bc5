"""Whether the two versions of a step are two."""

from __future__ import annotations

from collections import defaultdict

from omni_sync.messages.journeys.models import Step
from omni_sync.messages.wording.check import TITLED
from omni_sync.messages.wording.models import Wording


def differs(step: Step) -> bool:
    """Whether anybody would read other words in B than in A: what is live, by any channel, in any language.

    Where nothing of theirs is live both say the shop's own words.
    """
    said: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    rows = Wording.objects.filter(step=step, channel__in=step.channels, live__isnull=False)
    for channel, language, variant, title, text in rows.values_list(
        "channel", "language", "variant", "live__title", "live__text"
    ):
        shown = " ".join(title.split()) if channel in TITLED else ""
        said[channel, language][variant] = (shown, text.strip())
    return any(versions.get("a") != versions.get("b") for versions in said.values())
