"""Saying after commit what has changed, without making anybody wait for it."""

from __future__ import annotations

import atexit
import json
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Final

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

from omni_sync.live.place import SECONDS, address, channel

log = structlog.get_logger(__name__)

MOST: Final = 10_000  # topics that wait; beyond, everybody is told to look again
IN_ONE: Final = 500
REST: Final = 0.025  # seconds after each word: in a rush, one for many changes costs a seller nothing to speak of
PAUSE: Final = 1.0  # seconds until the server is tried again
LAST_WORD: Final = 0.2  # seconds that the end of a process may wait
EVERYTHING: Final = json.dumps({"everything": True})


class Publisher:
    """A queue and the one thread of this process that empties it.

    Whatever waits is said once. What could not be said, or was too much, becomes "everything may have changed" as soon
    as the server answers: pages then look for themselves, and nothing is lost.
    """

    def __init__(self) -> None:
        self._topics: dict[str, None] = {}
        self._everything = False
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_ending = False
        self._is_down = False

    def publish(self, topics: Iterable[str]) -> None:
        with self._bell:
            self._topics.update(dict.fromkeys(topics))
            if len(self._topics) > MOST:
                self._topics.clear()
                self._everything = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="live-publish", daemon=True)
                self._thread.start()
            self._bell.notify()

    def end(self) -> None:
        """Say what is left, if that is quick."""
        with self._bell:
            self._is_ending = True
            self._bell.notify()
        if self._thread is not None:
            self._thread.join(LAST_WORD)

    def _work(self) -> None:
        client, url = _client(None), None
        while messages := self._take():
            try:
                if url != address():  # none yet, or the settings of a test
                    client, url = _client(address()), address()
                for message in messages:
                    client.publish(channel(), message)
                self._note(None)
                time.sleep(REST)  # not on the bell, which every change would ring
            except Exception as failure:  # a thread that dies would be silent for ever
                self._note(failure)
                with self._bell:
                    self._everything = True
                    self._bell.wait_for(lambda: self._is_ending, PAUSE)

    def _take(self) -> list[str]:
        """What is to be said now; waits for it, and is empty at the end."""
        with self._bell:
            self._bell.wait_for(lambda: self._topics or self._everything or self._is_ending)
            if self._is_ending and self._is_down:
                return []
            topics, self._topics = self._topics, {}
            everything, self._everything = self._everything, False
        return [EVERYTHING] if everything else list(_messages(topics))

    def _note(self, failure: Exception | None) -> None:
        """One line when the server goes, one when it is back."""
        if failure is not None and not self._is_down:
            log.warning("live updates are not published", reason=str(failure))
        elif failure is None and self._is_down:
            log.info("live updates are published again")
        self._is_down = failure is not None


def _messages(topics: Iterable[str]) -> Iterator[str]:
    left = iter(topics)
    while some := list(islice(left, IN_ONE)):
        yield json.dumps({"topics": some})


def _client(url: str | None) -> redis.Redis:
    how: dict[str, Any] = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    return redis.Redis.from_url(url or "redis://", retry=Retry(NoBackoff(), 1), **how)


_publisher = Publisher()


def publish(topics: Iterable[str]) -> None:
    """Tell the pages that follow ``topics``; returns at once, whatever the server does, and never raises."""
    if address() is not None:
        with suppress(RuntimeError):  # no thread can be started any more: the process ends
            _publisher.publish(topics)


def _begin_anew() -> None:
    """A forked process has none of the threads, and whatever waited is said by its parent."""
    global _publisher  # noqa: PLW0603 - it is this process's one
    _publisher = Publisher()


def _end() -> None:
    _publisher.end()


os.register_at_fork(after_in_child=_begin_anew)
atexit.register(_end)
