"""The event that is on its way: written down before it is sent, struck out when it was taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class Kept:
    """One event in a file; a process that was killed in between sends it again under the same id."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> dict[str, Any] | None:
        """The event that may not have been taken; None if there is none, or what is there can't be read."""
        try:
            event = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return None
        return event if isinstance(event, dict) else None

    def write(self, event: dict[str, Any]) -> None:
        """Keep the event, in one step."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(event))
        fresh.replace(self._file)

    def strike(self) -> None:
        """It was taken."""
        self._file.unlink(missing_ok=True)
