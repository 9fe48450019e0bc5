"""How a line is written, whoever writes it: structlog, the standard library, Celery, the web server."""

import logging.config
import sys
from pathlib import Path
from typing import Any, Final

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from settings import environment
from settings.logs.masking import scrub

#: Said by us, better: which task began and ended, what beat sends, what was answered.
_QUIETER: Final = {
    "django.request": "ERROR",
    "celery.app.trace": "CRITICAL",
    "celery.worker.strategy": "WARNING",
    "celery.worker.request": "WARNING",
    "celery.beat": "WARNING",
    "axes": "WARNING",
    "fontTools": "WARNING",
    "weasyprint.progress": "WARNING",
}
_FRAMES: Final = 30
_FIRST: Final = ("timestamp", "level", "event")


def _shared() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _in_order(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """When, how bad and what, then the rest: for whoever reads it with no more than ``less``."""
    return {**{key: event[key] for key in _FIRST if key in event}, **event}


def formatter() -> logging.Formatter:
    """Lines of JSON, or for a person's eyes with ``LOG_JSON=off``."""
    if environment.flag("LOG_JSON", default=True):
        # The values of variables are never shown: one of them may be anything.
        exception: Any = structlog.processors.ExceptionRenderer(
            ExceptionDictTransformer(show_locals=False, max_frames=_FRAMES)
        )
        last: Any = structlog.processors.JSONRenderer()
    else:
        exception, last = structlog.processors.format_exc_info, structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, exception, scrub, _in_order, last],
    )


def level() -> str:
    """LOG_LEVEL; without it servers say everything worth knowing, and a command only what went wrong."""
    is_command = Path(sys.argv[0]).name in {"manage.py", "django-admin"}
    return environment.text("LOG_LEVEL", "WARNING" if is_command else "INFO").upper()


def configure() -> None:
    """Send structlog's and the standard library's records through one formatter to standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
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
            "formatters": {"lines": {"()": formatter}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": level()},
            "loggers": {name: {"level": least} for name, least in _QUIETER.items()},
        }
    )
    logging.captureWarnings(True)
