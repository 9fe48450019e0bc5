"""A message as words: templates that its kind names, which every shop may lay its own over.

``lintas/letters/KIND.txt`` has the subject before its first empty line; ``lintas/letters/KIND.html`` is the same for
those who like it with colours. A room brings the templates of what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from omni_sync import conf
from omni_sync.messages.models import Message


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: ``html`` says the same as ``text``."""

    subject: str
    text: str
    html: str


def letter_of(message: Message) -> Letter | None:
    """The letter in its reader's language; None once what it was made of is forgotten."""
    facts = message.facts
    if facts is None:
        return None
    known = {code for code, _ in settings.LANGUAGES}
    language = message.language if message.language in known else settings.LANGUAGE_CODE
    with translation.override(language):
        return _written(message.kind, {**facts, "shop_name": conf.shop_name(), "shop_url": conf.base_url()})


def _written(kind: str, context: dict[str, Any]) -> Letter:
    subject, _, text = render_to_string(f"lintas/letters/{kind}.txt", context).lstrip().partition("\n\n")
    html = render_to_string(f"lintas/letters/{kind}.html", context)
    return Letter(" ".join(subject.split()), text.strip() + "\n", html)
