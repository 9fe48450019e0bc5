"""Names in braces, of a closed list: ``{what}`` is what the message is about. They are not a language of templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from omni_sync import conf
from omni_sync.messages.journeys.trigger import TRIGGERS

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
#: What does not belong into one line, or is not seen: it could say what is not there.
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def known_names(trigger: str, *, offer: str = "") -> dict[str, str]:
    """What may stand in braces in words of this trigger, each with an example, in the language that is active.

    ``offer`` is the code of what the step offers, where it does.
    """
    own = TRIGGERS[trigger].examples if trigger in TRIGGERS else {}
    usual = {"name": "Sari", "what": gettext("Senja sneakers, 39"), "link": ""}
    said = {name: str(example) for name, example in (own or usual).items()}
    if "link" in said:
        said["link"] = f"{conf.base_url()}/"
    offered = {"offer": offer} if offer else {}
    return {**said, **offered, "shop": conf.shop_name()}


def strange_names(words: str, known: Mapping[str, str]) -> list[str]:
    """What stands in braces and is not ``known``, in its order."""
    return [name for name in PLACEHOLDER.findall(words) if name not in known]


def has_loose_braces(words: str) -> bool:
    """Whether a brace stands there that no other closes."""
    return any(brace in PLACEHOLDER.sub("", words) for brace in "{}")


def what_of(facts: Mapping[str, Any]) -> str:
    """What it is about, of facts that have a list of things: the first, and how many more."""
    things: list[Any] = next((facts[name] for name in ("goods", "things") if isinstance(facts.get(name), list)), [])
    titles = [str(one["title"]) for one in things if isinstance(one, Mapping) and one.get("title")]
    if len(titles) < 2:  # noqa: PLR2004 - one or none
        return "".join(titles)
    more = len(titles) - 1
    return ngettext("%(what)s and %(count)s more", "%(what)s and %(count)s more", more) % {
        "what": titles[0],
        "count": more,
    }


def filled(words: str, facts: Mapping[str, Any]) -> str | None:
    """``words`` with ``facts`` in the place of their names, in one go: what a fact says is never read as a name.

    None where a fact is missing: nobody is sent a hole.
    """
    said = {name: _one_line(facts.get(name)) for name in PLACEHOLDER.findall(words)}
    if not all(said.values()):
        return None
    return PLACEHOLDER.sub(lambda found: said[found[1]], words)


def _one_line(fact: Any) -> str:
    is_plain = isinstance(fact, str | int) and not isinstance(fact, bool)
    return " ".join(UNSEEN.sub(" ", str(fact)).split()) if is_plain else ""
