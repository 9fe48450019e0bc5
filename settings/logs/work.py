"""Tasks keep the id of the request that caused them, and say when they begin and how they end.

The id travels in the message's header; a task that another task sends has the same. What the clock sends begins with
an id of its own, and is said at DEBUG while it finds nothing to do: it comes every two seconds.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

import structlog
from celery import signals
from structlog.contextvars import bind_contextvars, clear_contextvars

from settings.logs.requests import current_id, new_id

CAUSE: Final = "request_id"
TICK: Final = "tick"
BEGAN: Final = "began"
log = structlog.stdlib.get_logger("lintas.tasks")


class Clock:
    """Whether this process is the one that sends tasks by the clock."""

    runs = False


@signals.setup_logging.connect
def leave_logging_alone(**_: Any) -> None:
    """Celery sets nothing up where somebody listens here: its lines go where ours go."""


@signals.beat_init.connect
def note_clock(**_: Any) -> None:
    Clock.runs = True
    log.info("clock started")


@signals.worker_ready.connect
def say_ready(**_: Any) -> None:
    log.info("worker ready")


@signals.worker_shutting_down.connect
def say_goodbye(sig: str = "", how: str = "", **_: Any) -> None:
    log.info("worker ends", signal=sig, how=how)


@signals.before_task_publish.connect
def hand_on(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Write into the message who caused it."""
    if headers is None:
        return
    headers[CAUSE] = current_id() or new_id()
    if Clock.runs:
        headers[TICK] = True


@signals.after_task_publish.connect
def say_sent(sender: str = "", headers: Mapping[str, Any] | None = None, **_: Any) -> None:
    told = headers or {}
    say = log.debug if TICK in told else log.info
    say("task sent", request_id=told.get(CAUSE), sent=sender, sent_id=told.get("id"))


@signals.task_prerun.connect
def begin(task_id: str, task: Any, **_: Any) -> None:
    """Everything said from here on is said of this task."""
    if task.request.is_eager:
        return  # it is part of who called it
    clear_contextvars()
    bind_contextvars(request_id=_told(task, CAUSE) or task_id, task=task.name, task_id=task_id)
    setattr(task.request, BEGAN, time.perf_counter())
    say = log.debug if _told(task, TICK) else log.info
    say("task started")


@signals.task_failure.connect
def say_failed(sender: Any, task_id: str, exception: BaseException, **_: Any) -> None:
    """Also said by the worker's main process, of a task whose process was killed."""
    log.error("task failed", task=sender.name, task_id=task_id, exc_info=exception)


@signals.task_retry.connect
def say_retried(reason: Any = None, **_: Any) -> None:
    log.warning("task will be tried again", reason=type(reason).__name__)


@signals.task_postrun.connect
def end(task: Any, state: str | None, retval: Any, **_: Any) -> None:
    """Say how it ended; a number it returned is what it got done."""
    if task.request.is_eager:
        return
    done = retval if isinstance(retval, int) else None
    idle = _told(task, TICK) and state == "SUCCESS" and not done
    say = log.debug if idle else log.info
    took = time.perf_counter() - getattr(task.request, BEGAN, time.perf_counter())
    say(
        "task ended",
        outcome=(state or "").lower(),
        ms=round(took * 1000, 1),
        **({} if done is None else {"done": done}),
    )
    clear_contextvars()


@signals.task_revoked.connect
def say_dropped(sender: Any, request: Any, expired: bool = False, **_: Any) -> None:
    """It came too late, or somebody called it off; beat's next turn does what it would have done."""
    say = log.debug if getattr(request, TICK, None) else log.warning
    cause = getattr(request, CAUSE, None)
    say("task dropped", request_id=cause, task=sender.name, task_id=request.id, expired=bool(expired))


def _told(task: Any, header: str) -> Any:
    return getattr(task.request, header, None)
