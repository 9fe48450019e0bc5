"""Joining and leaving a folder's engines."""

import atexit
import fcntl
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from settings.embedded.place import STATE, EngineError, Place

ROOT = Path(__file__).resolve().parents[2]
LEAVE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Engines:
    """Running engines, kept alive by the lock that this process, and whoever inherits it, holds."""

    place: Place
    database_url: str
    redis_url: str
    lock: int

    def pid(self, engine: str) -> int:
        """The process of ``postgres`` or ``valkey`` as it is now (a crashed one is started again)."""
        return int(self.place.read(STATE)["pids"][engine])

    def leave(self) -> None:
        """Let go; if nobody else needs the engines, return when they have stopped."""
        os.close(self.lock)
        until = time.monotonic() + LEAVE_SECONDS
        while self.place.is_locked("keeper") and time.monotonic() < until:
            if self.place.is_shared("users"):
                return  # others are using them
            time.sleep(0.01)


def attach(folder: Path) -> Engines:
    """Use the folder's engines, starting them if they do not run. Raises EngineError with one line to show."""
    place = Place(folder)
    lock = place.lock("users", fcntl.LOCK_SH)  # waits while the last engines are being stopped
    assert lock is not None
    with place.locked("start"):
        state = place.read(STATE) if place.is_locked("keeper") else {}
        if "database_url" not in state:
            state = _start_keeper(place)
    return Engines(place, state["database_url"], state["redis_url"], lock)


def _start_keeper(place: Place) -> dict[str, str]:
    (place / STATE).unlink(missing_ok=True)
    command = [sys.executable, "-m", "settings.embedded.keeper", str(place.root)]
    with place.log("keeper").open("ab") as log:
        started = subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            check=False,
        )
    try:
        said: dict[str, str] = json.loads(started.stdout)
    except json.JSONDecodeError:
        raise EngineError(f"The engines could not be started, see {place.log('keeper')}") from None
    if "error" in said:
        raise EngineError(said["error"])
    return said


def attach_for_good(folder: Path) -> Engines:
    """Attach until this process ends, and put the addresses into the environment for the settings and children.

    An address that is given there already stays: whoever names a database means that one.
    """
    engines = attach(folder)
    os.environ.setdefault("DATABASE_URL", engines.database_url)
    os.environ.setdefault("REDIS_URL", engines.redis_url)
    atexit.register(engines.leave)
    return engines
