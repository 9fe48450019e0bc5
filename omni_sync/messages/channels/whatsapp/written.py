"""A note as WhatsApp takes it: a template that Meta has read before, or our own words within the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext

from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.notes import Note

LONGEST: Final = 1024  # of a template's words, all together
LONGEST_FREE: Final = 4096
LEFT: Final = 900  # what one parameter may have of it: the template's own words need some room


def template(parcel: Parcel) -> Mapping[str, Any]:
    """The template that is called as the kind, in the reader's language, with the title, the words and the link."""
    assert isinstance(parcel.words, Note)
    note, home = parcel.words, f"https://{parcel.host}/"
    room = LEFT - len(note.title) - len(note.link or home)
    said = [_line(note.title) or parcel.host, _line(note.text)[:room] or "-", note.link or home]
    return {
        **_to(parcel),
        "type": "template",
        "template": {
            "name": parcel.kind,
            "language": {"code": parcel.language.replace("-", "_")},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": one} for one in said]}],
        },
    }


def freely(parcel: Parcel) -> Mapping[str, Any]:
    """The note itself; what nobody asked for ends with the way out."""
    assert isinstance(parcel.words, Note)
    note = parcel.words
    with translation.override(parcel.language):
        way_out = gettext("No more of this? Answer STOP") if parcel.stop else ""
    said = "\n\n".join(part for part in (f"*{note.title}*", note.text, note.link, way_out) if part)
    return {**_to(parcel), "type": "text", "text": {"body": said[:LONGEST_FREE], "preview_url": bool(note.link)}}


def _to(parcel: Parcel) -> Mapping[str, Any]:
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "to": parcel.to.removeprefix("+")}


def _line(text: str) -> str:
    """A parameter is one line, without gaps: others are refused."""
    return " ".join(text.split())
