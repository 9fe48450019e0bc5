"""Every request has an id: on its answer, on each of its lines, and on every task it causes."""

import re
import time
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import structlog
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from settings.logs.masking import masked

HEADER: Final = "X-Request-ID"
PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_USABLE: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")
access = structlog.stdlib.get_logger("lintas.access")


def new_id() -> str:
    return uuid4().hex


def id_of(told: str | None) -> str:
    """The id that a proxy or a till gave, where it is one that may be written anywhere; else a new one."""
    return told if told and _USABLE.fullmatch(told) else new_id()


def current_id() -> str | None:
    """The id of the request or task this thread works on."""
    found: str | None = get_contextvars().get("request_id")
    return found


class AccessLog:
    """Bind the id, answer with it, and write who asked for what and how long it took.

    The query string is left out: it may carry anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        clear_contextvars()  # a thread serves many requests
        request_id = id_of(request.headers.get(HEADER))
        bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response[HEADER] = request_id
        if request.path not in PROBES:
            access.info(
                "request",
                method=request.method,
                path=masked(request.path),
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
        return response


@receiver(request_finished, dispatch_uid="lintas.logs.forget")
def forget(sender: Any, **_: Any) -> None:
    """Not before the answer is sent: Django writes its own lines on it after the last middleware."""
    clear_contextvars()
