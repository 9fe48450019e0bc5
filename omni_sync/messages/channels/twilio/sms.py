"""A note as an SMS: short, in the alphabet that costs least, with the link and the way out whole.

GSM 03.38 packs 160 letters into a message, 153 where it takes several; a single letter from outside its alphabet makes
that 70 and 67 (UCS-2).
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

from omni_sync.messages.channels.segments import SEPTETS, length_of
from omni_sync.messages.notes import Note

#: Nobody reads more of it, and each is paid for.
MOST: Final = 3
_PLAIN: Final = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2026": "...",
        "\u00a0": " ", "\u202f": " ", "\u00d7": "x", "\u2022": "-", "\u2212": "-", "`": "'", "\t": " ",
    }
)  # fmt: skip


def sms_text(note: Note, *, stop: str, replies: bool) -> str:
    """The whole message; what is too long is cut from the words. ``replies`` says that an answer reaches us.

    In the language that is active.
    """
    title, words = note.title.translate(_PLAIN), note.text.translate(_PLAIN)
    end = "\n".join(part for part in (note.link, _way_out(stop, replies)) if part)
    said = f"{title}\n{words}" if words else title
    end = f"\n{end}" if end else ""
    if length_of(said + end).segments <= MOST:
        return said + end
    said = said[: MOST * SEPTETS[1]]
    while said and length_of(f"{said}...{end}").segments > MOST:
        said = said[:-1]
    return f"{said.rstrip()}...{end}"


def _way_out(stop: str, replies: bool) -> str:
    if not stop:
        return ""
    if replies:
        return gettext("No more of this? Answer STOP")
    return gettext("No more of this: %(link)s") % {"link": stop}
