"""A message as words: templates that its kind names, which every shop may lay its own over.

What a marketer wrote for it comes first. Else ``lintas/letters/KIND.txt`` has the subject before its first empty line;
``lintas/letters/KIND.html`` is the same for who likes colours. A room brings the templates of what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from omni_sync import conf
from omni_sync.design.languages import home_path
from omni_sync.messages.wording.chosen import marked, said_by
from omni_sync.messages.wording.html import html_of


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: ``html`` says the same as ``text``."""

    subject: str
    text: str
    html: str


def letter_from(kind: str, facts: Mapping[str, object]) -> Letter:
    """The letter ``kind`` made of ``facts``, in the language that is active."""
    home = f"{conf.base_url()}{home_path()}"
    context = {**facts, "shop_name": conf.shop_name(), "shop_url": conf.base_url(), "shop_home": home}
    own = said_by(context)
    if own is not None:
        context |= {"subject": own.title, "text": own.text, "html": html_of(own.text)}
        kind = "wording"
    subject, _, text = render_to_string(f"lintas/letters/{kind}.txt", context).lstrip().partition("\n\n")
    html = render_to_string(f"lintas/letters/{kind}.html", context)
    return Letter(marked(" ".join(subject.split()), facts), text.strip() + "\n", html)
