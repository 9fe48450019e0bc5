"""A nudge to a worker: quick, and never felt when the broker is gone. Whatever it asks for, beat does anyway."""

from __future__ import annotations

from typing import Any

import structlog

log = structlog.get_logger(__name__)


def poke(task: Any, *args: Any) -> bool:
    """Ask a worker to run ``task`` soon; False when nobody could be asked."""
    try:
        task.apply_async(args=args, retry=False, expires=300)
    except Exception as failure:  # whatever kind of error the broker's client raises, the work itself is safe
        log.warning("poke lost", task=task.name, reason=str(failure))
        return False
    return True
