"""One line of JSON per event; tokens in paths never reach it."""

import logging.config
import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

TOKEN_PATHS = re.compile(r"^((?:/[a-z]{2})?/(?:r|h|collect|screen|live)/)[^/]+", re.IGNORECASE)
QUIET = {"/healthz", "/readyz", "/metrics"}
access = structlog.stdlib.get_logger("lintas.access")


def masked(path: str) -> str:
    """The path without the token that opens it: ``/r/k7q…`` becomes ``/r/***``."""
    return TOKEN_PATHS.sub(r"\1***", path)


class AccessLog:
    """Write who asked for what and how long it took; the query string is left out, it may carry anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        if request.path not in QUIET:
            access.info(
                "request",
                method=request.method,
                path=masked(request.path),
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
        return response


def _mask_paths(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Django's own warnings (404, CSRF) carry the path in their arguments; mask it there too."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and isinstance(record.args, tuple):
        arguments = tuple(masked(item) if isinstance(item, str) else item for item in record.args)
        if arguments != record.args:
            event["event"] = record.msg % arguments
    return event


def configure(*, level: str, as_json: bool) -> None:
    """Send structlog's and the standard library's records through one formatter to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": [_mask_paths, *shared],
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {"django.request": {"level": "ERROR"}},
        }
    )
