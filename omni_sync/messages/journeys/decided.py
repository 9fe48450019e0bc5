from __future__ import annotations

from dataclasses import dataclass

from omni_sync.messages.journeys.models import FollowUp, Step
from omni_sync.messages.journeys.verdict import Verdict
from omni_sync.messages.models import Purpose


@dataclass(slots=True)
class Decided:
    """A follow-up of a batch, and what becomes of it."""

    follow_up: FollowUp
    root: int
    step: Step | None
    purpose: Purpose
    language: str
    verdict: Verdict

    @property
    def is_marketing(self) -> bool:
        return self.purpose == Purpose.MARKETING
