"""A message as words: templates that its kind names, which every shop may lay its own over.

``lintas/letters/KIND.txt`` has the subject before its first empty line; ``lintas/letters/KIND.html`` is the same for
who likes colours. A room brings the templates of what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from omni_sync import conf


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: ``html`` says the same as ``text``."""

    subject: str
    text: str
    html: str


def letter_from(kind: str, facts: Mapping[str, object]) -> Letter:
    """The letter ``kind`` made of ``facts``, in the language that is active."""
    context = {**facts, "shop_name": conf.shop_name(), "shop_url": conf.base_url()}
    subject, _, text = render_to_string(f"lintas/letters/{kind}.txt", context).lstrip().partition("\n\n")
    html = render_to_string(f"lintas/letters/{kind}.html", context)
    return Letter(" ".join(subject.split()), text.strip() + "\n", html)
