"""Messages on their way: so many at once, and what became of each written down when its provider has answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final

import structlog

from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.models import Message
from omni_sync.messages.send import hand_over, learn, written
from omni_sync.messages.settle import fail, later, leave, sent_off

log = structlog.get_logger(__name__)

#: Providers are slow, not we: so many are asked at once.
AT_ONCE: Final = 16
#: Seconds after which somebody looks whether anything else is due, though nobody has answered.
PATIENCE: Final = 1.0


class Crew:
    """Hands messages over. Nothing waits here for its turn: what comes in is handed over at once."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._under_way: dict[Future[str], tuple[Message, Parcel]] = {}
        self.sent = 0

    @property
    def free(self) -> int:
        """For how many more there is somebody."""
        return AT_ONCE - len(self._asked())

    @property
    def is_idle(self) -> bool:
        return not self._under_way

    def carry(self, messages: Sequence[Message]) -> None:
        """Hand these over, no more than are ``free``."""
        for message in messages:
            parcel = _parcel(message)
            if parcel is not None:
                self._under_way[self._threads.submit(hand_over, message.channel, parcel)] = message, parcel

    def wait(self, *, hands: int) -> None:
        """Wait until so many hands are free or all are, though not for long."""
        while self.free < hands and (asked := self._asked()):
            if not wait(asked, timeout=PATIENCE, return_when=FIRST_COMPLETED).done:
                return

    def note_all(self) -> None:
        """Wait for every answer and write it down."""
        wait(self._under_way)
        self.note()

    def _asked(self) -> list[Future[str]]:
        return [one for one in self._under_way if not one.done()]

    def note(self) -> None:
        """Write down what was answered. Whatever goes wrong is one message's own affair."""
        sent: list[tuple[Message, str]] = []
        noted: list[tuple[Message, Parcel]] = []
        try:
            for answer in [one for one in self._under_way if one.done()]:
                message, parcel = self._under_way.pop(answer)
                noted.append((message, parcel))
                with _alone(message):
                    _became(message, answer, sent)
        finally:
            self.sent += sent_off(sent)
        for message, parcel in noted:
            with _alone(message):
                learn(message.channel, parcel)


def _became(message: Message, answer: Future[str], sent: list[tuple[Message, str]]) -> None:
    try:
        sent.append((message, answer.result()))
    except Reject as refusal:
        fail(message, refusal.why)
    except Retry as failure:
        later(message, str(failure), after=failure.after)
    except Unheard as failure:
        leave(message, str(failure))
    except Exception as failure:  # a mail backend of somebody's own
        log.exception("message broke", message=message.pk, kind=message.kind)
        leave(message, type(failure).__name__)


def _parcel(message: Message) -> Parcel | None:
    """The message, written; a template of somebody's own may not be whole."""
    try:
        return written(message)
    except Exception as failure:
        log.exception("message broke", message=message.pk, kind=message.kind)
        with _alone(message):
            later(message, type(failure).__name__)
        return None


@contextmanager
def _alone(message: Message) -> Iterator[None]:
    """What can't be written down of one message is tried again when its lease is over; the others go on."""
    try:
        yield
    except Exception:
        log.exception("message could not be noted", message=message.pk, kind=message.kind)
