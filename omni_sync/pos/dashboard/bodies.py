"""Raw bytes and headers as somebody at a desk may see them: readable, cut short, without secrets or persons."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from omni_sync.pos.compare import PRIVATE

LONGEST: Final = 64 * 1024
HIDDEN: Final = "•••"
SHORTEST: Final = 12  # of something shorter not even the beginning is shown
_SECRET: Final = re.compile(
    r"signature|secret|token|authori[sz]ation|cookie|api-?key|hmac|password|credential", re.IGNORECASE
)
_PERSONAL: Final = re.compile(
    r"e-?mail|phone|mobile|loyalty|customer|claim|consent|address|birth|(first|last|given|family|full)_?-?name",
    re.IGNORECASE,
)
# No pattern may take long over a text that was made to take long: every repetition has an end.
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}")
_PHONE: Final = re.compile(r"(?<![\w.])\+\d[\d ()-]{6,24}\d")
_ELEMENT: Final = re.compile(
    r"(<([\w:.-]{0,32}(?:mail|phone|loyalty|customer|name|address|birth)[\w:.-]{0,32})(?:\s[^<>]{0,500})?>)"
    r"[^<]{0,2000}(?=</\2\s{0,8}>)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A body in a form that can be read: ``json``, ``text`` or ``hex``; ``is_cut`` when it goes on."""

    form: str
    text: str
    size: int
    is_cut: bool


def show_body(body: bytes) -> Shown:
    """``body`` to look at, what it says of persons left out."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if (body and not text) or "\x00" in text:
        return Shown("hex", _hex(body[: LONGEST // 4]), len(body), len(body) > LONGEST // 4)
    try:
        form, text = "json", json.dumps(_without_persons(json.loads(text)), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        form, text = "text", _without_contacts(_ELEMENT.sub(rf"\1{HIDDEN}", text[: LONGEST * 2]))
    return Shown(form, text[:LONGEST], len(body), len(text) > LONGEST)


def show_headers(headers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The headers by name; of signatures and secrets only how they begin."""
    return [
        (name, _masked(str(value)) if _SECRET.search(name) else str(value)) for name, value in sorted(headers.items())
    ]


def suffix_of(body: bytes) -> str:
    """How a file with these bytes is named at its end."""
    form = show_body(body[:LONGEST]).form
    start = body.lstrip()[:1]
    if start in (b"{", b"["):
        return "json"
    return "bin" if form == "hex" else "xml" if start == b"<" else "txt"


def _masked(value: str) -> str:
    return f"{value[:4]}{HIDDEN}" if len(value) > SHORTEST else HIDDEN


def _without_persons(value: Any, key: str = "") -> Any:
    if value not in (None, "", [], {}) and (key in PRIVATE or _PERSONAL.search(key)):
        return HIDDEN
    if isinstance(value, dict):
        return {name: _without_persons(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_persons(item) for item in value]
    return _without_contacts(value) if isinstance(value, str) else value


def _without_contacts(text: str) -> str:
    return _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))


def _hex(body: bytes) -> str:
    """Sixteen bytes a line: where, the bytes, and those of them that can be read."""
    lines = []
    for start in range(0, len(body), 16):
        part = body[start : start + 16]
        readable = "".join(chr(byte) if byte in range(0x20, 0x7F) else "." for byte in part)
        lines.append(f"{start:08x}  {part.hex(' '):<47}  {readable}")
    return "\n".join(lines)
