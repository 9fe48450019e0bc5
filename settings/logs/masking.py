"""What must never be read in a log: tokens, query strings, secrets, people."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import structlog

#: What comes before a token in a path, after the language. Whoever has such a path may open what is behind it.
_OPENERS: Final = (
    r"(?:h/list/(?:own/|look/)?"
    r"|h/k/"
    r"|data/(?!take/)"
    r"|(?:r|h|u|v|collect|screen|live|pay)/"
    r"|(?:wish)?lists/"
    r"|accounts/wishlists/(?!create/|add/)"
    r"|accounts/order-status(?:-form)?/[^/\s]+/"
    r"|(?:me|accounts)/email/(?!confirm/)"
    r"|staff/customers/"
    r"|accounts/alerts/(?:confirm|cancel/key)/"
    r"|(?:password-reset|cms/password_reset)/confirm/[^/\s]+/)"
)
_ANOTHER: Final = r"(?:/lines/\d+/move-to/[^/\s]+)?"  # a line of one list moved to another
_PATH: Final = re.compile(rf"^((?:/[a-z]{{2}})?/{_OPENERS})[^/]+{_ANOTHER}", re.IGNORECASE)
_PATH_IN_TEXT: Final = re.compile(
    rf"""((?:^|[\s"'`(<>=,;:\[{{]|\w://[^/\s"'?#]+)(?:/[a-z]{{2}})?/{_OPENERS})[^/\s"'`?#&)>,;]+{_ANOTHER}""",
    re.IGNORECASE,
)
#: What to look for before the dearer look: most lines have none of it.
_REST: Final[list[tuple[str, re.Pattern[str], str]]] = [
    # Where it was said, from beat, each time the broker is away.
    ("Message Error", re.compile(r"(Message Error:[^\n]*)\n.*", re.DOTALL), r"\1"),
    # Celery quotes a message it can't read, PostgreSQL the row it refuses.
    ("body", re.compile(r"((?:message body was|\nbody):).*", re.DOTALL), r"\1 ***"),
    # Also in an error's repr, which is one line.
    ("DETAIL:", re.compile(r"DETAIL:[^\n]*"), "DETAIL: ***"),
    ("CONTEXT:", re.compile(r"CONTEXT:[^\n]*"), "CONTEXT: ***"),
    ("?", re.compile(r"(/[^\s\"'`?#]*)\?[^\s\"'`#)>]+"), r"\1?***"),
    ("://", re.compile(r"(\w://[^:/@\s]*):[^/@\s]+@"), r"\1:***@"),
    ("whsec_", re.compile(r"whsec_[\w+/=.~-]+"), "whsec_***"),
    (" ", re.compile(r"\b(bearer|basic)\s+[\w+/=.~-]{8,}", re.IGNORECASE), r"\1 ***"),
    ("@", re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+"), "***@***"),
    ("+", re.compile(r"(?<![\w+])\+[1-9](?:[ ().-]?\d){7,14}(?!\d)"), "+***"),
]
_SECRET: Final = re.compile(
    r"pass(?:word|wd|phrase)|secret|token|authorization|cookie|signature|e-?mail|phone", re.IGNORECASE
)

_OURS: Final = frozenset({"request_id", "task_id", "sent_id", "timestamp", "level", "logger", "method"})


def masked(path: str) -> str:
    """The path without the token that opens it: ``/r/k7q…`` becomes ``/r/***``."""
    return _PATH.sub(r"\1***", path)


def scrubbed(text: str) -> str:
    """Any text without the paths' tokens, query strings, passwords, mail addresses and phone numbers in it."""
    if "/" in text:
        text = _PATH_IN_TEXT.sub(r"\1***", text)
    for sign, pattern, instead in _REST:
        if sign in text:
            text = pattern.sub(instead, text)
    return text


def _scrub_named(key: Any, value: Any) -> Any:
    return "***" if value and _is_secret(str(key)) else _scrub(value)


@lru_cache(maxsize=512)
def _is_secret(key: str) -> bool:
    return _SECRET.search(key) is not None


def _scrub(value: Any) -> Any:
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, Mapping):
        return {key: _scrub_named(key, value[key]) for key in value}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_scrub(item) for item in value]
    if isinstance(value, (int, float, bool, type(None))):
        return value
    return scrubbed(str(value))


def scrub(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The last thing done to a line before it is written."""
    return {key: value if key in _OURS else _scrub_named(key, value) for key, value in event.items()}
