"""How many requests and tasks there were and how long they took, counted in every process of this machine."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import structlog
from celery import signals
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from settings.logs.requests import PROBES
from settings.metrics.slots import Slots, is_whole

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUEST_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
TASK_SECONDS: Final = (0.01, 0.05, 0.25, 1.0, 5.0, 30.0, 120.0)
log = structlog.stdlib.get_logger("lintas.metrics")


@dataclass(frozen=True)
class Instruments:
    """What is counted. The route is its name, never the path."""

    folder: Path
    requests: Counter
    request_seconds: Histogram
    tasks: Counter
    task_seconds: Histogram


_making = Lock()


def instruments() -> Instruments | None:
    """Made at the first request or task; None where METRICS_FOLDER is off or can't be written."""
    with _making:
        return _made()


@lru_cache(maxsize=1)
def _made() -> Instruments | None:
    if not settings.METRICS_FOLDER:
        return None
    folder = Path(settings.METRICS_FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        slots = Slots(folder)
        slots.mine()
    except OSError as failure:
        log.warning("requests and tasks are not counted", reason=type(failure).__name__)
        return None
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    values.ValueClass = values.MultiProcessValue(slots.mine)
    registry = CollectorRegistry()  # never read itself: the files are
    return Instruments(
        folder=folder,
        requests=Counter("lintas_requests", "Requests answered.", ["method", "route", "status"], registry=registry),
        request_seconds=Histogram(
            "lintas_request_seconds", "Time to an answer.", ["route"], buckets=REQUEST_SECONDS, registry=registry
        ),
        tasks=Counter("lintas_tasks", "Tasks that ended.", ["task", "outcome"], registry=registry),
        task_seconds=Histogram(
            "lintas_task_seconds", "Time a task took.", ["task"], buckets=TASK_SECONDS, registry=registry
        ),
    )


def read() -> Iterable[Metric]:
    """The sum over all processes of this machine, living and dead."""
    found = instruments()
    if found is None:
        return []
    files = [str(file) for file in found.folder.glob("*.db")]
    try:
        collected: Iterable[Metric] = MultiProcessCollector.merge(files)
    except Exception:  # one is broken: whoever takes its number next makes it anew
        collected = MultiProcessCollector.merge([file for file in files if is_whole(Path(file))])
    return collected


def count(what: Callable[[Instruments], None]) -> None:
    """Counting may fail, what is counted must not."""
    counting = instruments()
    if counting is not None:
        try:
            what(counting)
        except Exception as failure:
            log.warning("not counted", reason=type(failure).__name__)


class CountRequests:
    """Count each request and what it took by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        if request.path not in PROBES:
            seconds = time.perf_counter() - began
            count(lambda counting: self.note(counting, request, response.status_code, seconds))
        return response

    @staticmethod
    def note(counting: Instruments, request: HttpRequest, status: int, seconds: float) -> None:
        method = request.method if request.method in METHODS else "other"
        route = route_of(request)
        counting.requests.labels(method, route, str(status)).inc()
        counting.request_seconds.labels(route).observe(seconds)


def route_of(request: HttpRequest) -> str:
    """Its name with its namespaces, the pattern of one without a name, ``static``, or ``none``."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(settings.STATIC_URL) else "none"
    return match.view_name if match.url_name else match.route


@signals.task_prerun.connect
def begin(task: Any, **_: Any) -> None:
    task.request.counted_from = time.perf_counter()


@signals.task_postrun.connect
def count_task(task: Any, state: str | None, **_: Any) -> None:
    seconds = time.perf_counter() - task.request.counted_from
    count(lambda counting: _note(counting, task.name, (state or "none").lower(), seconds))


def _note(counting: Instruments, name: str, outcome: str, seconds: float) -> None:
    counting.tasks.labels(name, outcome).inc()
    counting.task_seconds.labels(name).observe(seconds)
