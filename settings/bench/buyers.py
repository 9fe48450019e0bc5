"""Buyers in processes and threads of their own, who do what they are told for as long as they are told."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any, Protocol
from uuid import uuid4

PROMISE = timedelta(minutes=15)


class Errand(Protocol):
    """What every buyer of a process does, by itself in its thread."""

    def run(self) -> Outcome:
        """Do it until it is over; what came of it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One unit of a random one of ``records``; over after ``seconds``, or for a buyer who was refused so often."""

    records: range
    seconds: float
    refusals: int | None = None

    def run(self) -> Outcome:
        return _buy(self)


@dataclass(slots=True)
class Outcome:
    """What buyers got, together, and the time from the first to the last of them."""

    granted: int = 0
    refused: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return self.granted / self.seconds


class Buyers:
    """All buyers of some processes, ready to start at once."""

    def __init__(self, lines: list[Connection]) -> None:
        self._lines = lines

    def buy(self, wish: Errand) -> Outcome:
        """Let everybody begin at the same time, and wait for the last."""
        return self.send([wish] * len(self._lines))

    def send(self, errands: Sequence[Errand]) -> Outcome:
        """The same, each process with an errand of its own."""
        self._say(*errands)  # they say that they are ready
        outcomes = self._say(*["go"] * len(self._lines))
        return Outcome(
            granted=sum(outcome.granted for outcome in outcomes),
            refused=sum(outcome.refused for outcome in outcomes),
            seconds=max(outcome.seconds for outcome in outcomes),
        )

    def _say(self, *words: object) -> list[Any]:
        for line, word in zip(self._lines, words, strict=True):
            line.send(word)
        return [line.recv() for line in self._lines]


@contextmanager
def at_the_counter(*, processes: int, threads: int) -> Iterator[Buyers]:
    """``threads`` buyers in each of ``processes``, with a database connection each."""
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in range(processes)]
    crew = [context.Process(target=_serve, args=(theirs, threads), daemon=True) for _, theirs in pipes]
    for member in crew:
        member.start()
    lines = [ours for ours, _ in pipes]
    for line in lines:
        line.recv()  # it has started Django
    try:
        yield Buyers(lines)
    finally:
        for line in lines:
            line.send(None)
        for member in crew:
            member.join()


def _serve(line: Connection, threads: int) -> None:
    import django

    django.setup()
    line.send("here")
    while (wish := line.recv()) is not None:
        line.send(_together(wish, threads, line))


def _together(errand: Errand, threads: int, line: Connection) -> Outcome:
    ready = threading.Barrier(threads + 1)
    total = Outcome()
    lock = threading.Lock()

    def buyer() -> None:
        from django.db import connection

        connection.ensure_connection()
        ready.wait()
        ready.wait()
        mine = errand.run()
        connection.close()
        with lock:
            total.granted += mine.granted
            total.refused += mine.refused
            total.seconds = max(total.seconds, mine.seconds)

    crew = [threading.Thread(target=buyer) for _ in range(threads)]
    for member in crew:
        member.start()
    ready.wait()
    line.send("ready")
    line.recv()
    ready.wait()
    for member in crew:
        member.join()
    return total


def _buy(wish: Wish) -> Outcome:
    from django.db import transaction
    from django.utils import timezone

    from omni_sync.stock.exceptions import SoldOut
    from omni_sync.stock.hold import Holder, Line, hold
    from omni_sync.stock.models import Hold

    mine = Outcome()
    chance, until = random.Random(), timezone.now() + PROMISE  # noqa: S311
    began = time.perf_counter()
    while (mine.seconds < wish.seconds) and (wish.refusals is None or mine.refused < wish.refusals):
        line, holder = Line(chance.choice(wish.records), 1), Holder(Hold.BASKET, uuid4().hex)
        try:
            with transaction.atomic():
                hold(lines=[line], holder=holder, until=until)
            mine.granted += 1
        except SoldOut:
            mine.refused += 1
        mine.seconds = time.perf_counter() - began
    return mine
