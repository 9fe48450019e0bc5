from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Final

NAMES: Final = {
    "declined": "the next payment is declined, whatever button is pressed",
    "silent_after": "carried out, but answered only after ``seconds``",
    "error_after": "carried out, then answered with 500",
    "error_before": "not carried out, answered with 503",
    "capture_fails": "the card's bank does not give what it held",
    "webhook_lost": "an event is never sent",
    "webhook_duplicated": "an event is sent twice",
    "webhook_held": "an event is sent only when the events are let go of, the last one first",
}


@dataclass(slots=True)
class Fault:
    """Something that goes wrong the next ``times``; where ``path`` is given, only at addresses that have it in them."""

    name: str
    times: int = 1
    path: str = ""
    seconds: float = 30.0


class Faults:
    """What is switched on."""

    def __init__(self) -> None:
        self.on: list[Fault] = []
        self.lock = threading.Lock()

    def switch(self, told: dict[str, Any]) -> bool:
        """Switch one on; False for one nobody knows."""
        if told.get("name") not in NAMES:
            return False
        with self.lock:
            self.on.append(Fault(**told))
        return True

    def clear(self) -> None:
        """Everything works again."""
        with self.lock:
            self.on.clear()

    def strikes(self, name: str, path: str = "") -> Fault | None:
        """The fault, if it is this one's turn."""
        with self.lock:
            for fault in self.on:
                if fault.name == name and fault.path in path:
                    fault.times -= 1
                    if fault.times < 1:
                        self.on.remove(fault)
                    return fault
        return None
