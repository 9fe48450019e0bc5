"""A marketer's words as html: nothing in them is ever a tag, and nothing is a link but what leads to the shop."""

from __future__ import annotations

import re
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from omni_sync.messages.wording.check import own_address

ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+")
END: Final = ".,;:!?)"
BUTTON: Final = (
    "display:inline-block;padding:12px 20px;border-radius:10px;background:#00626b;color:#fff;text-decoration:none"
)


def html_of(text: str) -> SafeString:
    """Paragraphs where lines are empty; a line that is nothing but a link is a button."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    made = (f"<p>{'<br>'.join(_line(line) for line in part.split(chr(10)))}</p>" for part in parts)
    return mark_safe("\n".join(made))  # noqa: S308 - every line was escaped


def _line(line: str) -> str:
    said = line.strip()
    if ADDRESS.fullmatch(said) and own_address(said):
        return format_html('<a href="{}" style="{}">{}</a>', said, BUTTON, gettext("Have a look"))
    made, last = "", 0
    for found in ADDRESS.finditer(line):
        address = found[0].rstrip(END)
        if own_address(address):
            made += escape(line[last : found.start()]) + format_html('<a href="{}">{}</a>', address, address)
            last = found.start() + len(address)
    return made + escape(line[last:])
