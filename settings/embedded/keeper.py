"""The process that owns a folder's engines: ``python -m settings.embedded.keeper FOLDER``.

It says one line of JSON on standard output, ``{"error": …}`` or the engines' addresses, and then runs until the last
user has let go of the folder's ``users`` lock.
"""

import fcntl
import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from settings.embedded.place import STATE, EngineError, Place
from settings.embedded.postgres import Postgres
from settings.embedded.valkey import Valkey

RESTARTS, WITHIN_SECONDS = 5, 60
PAUSE_SECONDS = 0.2  # before a start that follows one that failed; each one after it waits twice as long


class Keeper:
    """Starts the engines, starts a crashed one again, stops both."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.engines: dict[str, Postgres | Valkey] = {"postgres": Postgres(place), "valkey": Valkey(place)}
        self.restarts: list[float] = []

    def start(self) -> dict[str, object]:
        for engine in self.engines.values():
            engine.start()
        return self.say()

    def say(self) -> dict[str, object]:
        """Write down where the engines are."""
        pids = {name: engine.process.pid for name, engine in self.engines.items() if engine.process}
        state: dict[str, object] = {
            "keeper": os.getpid(),
            "pids": pids,
            "database_url": self.engines["postgres"].url,
            "redis_url": self.engines["valkey"].url,
        }
        self.place.write(STATE, state)
        return state

    def revive(self) -> bool:
        """Start again what crashed; False when that has happened too often to be an accident."""
        return all(self._runs_again(engine) for engine in self.engines.values())

    def _runs_again(self, engine: Postgres | Valkey) -> bool:
        """A start can fail for what the crash left: a process that still waits for its disk, a crowd at the door."""
        pause = PAUSE_SECONDS
        while engine.process is None or engine.process.poll() is not None:
            if not self._is_an_accident():
                return False
            try:
                engine.start()
            except EngineError as error:
                print(error, file=sys.stderr, flush=True)  # noqa: T201 - the keeper's log
                engine.stop()
                time.sleep(pause)
                pause *= 2
                continue
            self.say()
        return True

    def _is_an_accident(self) -> bool:
        """Whether it may be tried once more."""
        now = time.monotonic()
        self.restarts = [*(then for then in self.restarts if now - then < WITHIN_SECONDS), now]
        return len(self.restarts) <= RESTARTS

    def stop(self) -> None:
        (self.place / STATE).unlink(missing_ok=True)
        for engine in reversed(self.engines.values()):
            engine.stop()


def run(place: Place) -> None:
    """Own the engines until nobody needs them or somebody says stop."""
    events: SimpleQueue[str] = SimpleQueue()
    signal.signal(signal.SIGCHLD, lambda *_: events.put("child"))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: events.put("stop"))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    keeper = Keeper(place)
    try:
        answer(keeper.start())
        threading.Thread(target=wait_for_idle, args=(place, events), daemon=True).start()
        while events.get() == "child" and keeper.revive():
            pass
    except EngineError as error:
        answer({"error": str(error)})
    finally:
        keeper.stop()


def wait_for_idle(place: Place, events: "SimpleQueue[str]") -> None:
    """The exclusive lock is granted when the last user's is gone; it is kept, so newcomers wait until we ended."""
    place.lock("users", fcntl.LOCK_EX)
    events.put("stop")


def answer(words: dict[str, object]) -> None:
    with suppress(BrokenPipeError, ValueError):
        print(json.dumps(words), flush=True)  # noqa: T201
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
        os.close(devnull)


def main(folder: str) -> None:
    if os.fork():  # nobody's child: the first user must neither wait for us nor take us along
        os._exit(0)
    place = Place(Path(folder))
    alone = place.lock("keeper", fcntl.LOCK_EX)
    run(place)
    assert alone is not None


if __name__ == "__main__":
    main(sys.argv[1])
