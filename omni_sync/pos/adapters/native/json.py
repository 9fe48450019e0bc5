"""JSON as PostgreSQL can keep it, event by event."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from omni_sync.pos.exceptions import Invalid, Malformed


class NotJson:
    """Stands where a body had ``NaN`` or ``Infinity``: JSON has no such numbers."""


def parse(body: bytes) -> Any:
    """The value written in ``body``. Raises Malformed; ``NaN`` spoils only the event it stands in."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=lambda _: NotJson())
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from error


def fingerprint(data: Any) -> bytes:
    """SHA-256 of ``data`` in canonical form: sorted keys, no blanks, UTF-8.

    Raises Invalid for what JSON or PostgreSQL can't keep: NaN, NUL and lone surrogates.
    """
    try:
        canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        raw = canonical.encode("utf-8")
    except TypeError as error:
        raise Invalid("NaN and Infinity are no numbers in JSON") from error
    except UnicodeEncodeError as error:
        raise Invalid("a text holds half a character (a lone surrogate)") from error
    except ValueError as error:
        raise Invalid("a number is out of range") from error
    except RecursionError as error:
        raise Invalid("nested too deeply") from error
    if "\\u0000" in canonical and "\x00" in _texts(data):
        raise Invalid("a text holds a NUL character")
    return hashlib.sha256(raw).digest()


def _texts(data: Any) -> str:
    """Every text in ``data``, keys included, in one."""
    if isinstance(data, str):
        return data
    if isinstance(data, dict):
        return "".join(key + _texts(value) for key, value in data.items())
    if isinstance(data, list):
        return "".join(map(_texts, data))
    return ""
