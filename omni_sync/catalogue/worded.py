"""Goods as their reader names them: title, colour and size in the language that is active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from omni_sync.catalogue.beside import says
from omni_sync.catalogue.wording import as_sold, own_words


@dataclass(frozen=True, slots=True)
class Worded:
    """``facts`` are those of colour and size that the title does not say, in either language."""

    title: str
    colour: str
    size: str
    facts: tuple[str, ...]

    @property
    def colour_beside(self) -> str:
        """The colour, where the title does not say it."""
        return self.colour if self.colour in self.facts else ""


def worded(title: str, *, style: str | None = "", colour: str | None = "", size: str | None = "") -> Worded:
    """The merchant's words in the reader's; ``style`` is the title of what it is a size of. No query."""
    own = as_sold(title, style or "")
    named = [(own_words(colour or ""), colour or ""), (size or "", size or "")]
    facts = tuple(fact for fact, raw in named if raw and not says(title, raw) and not says(own, fact))
    return Worded(own, named[0][0], named[1][0], facts)


def product_worded(product: Any) -> Worded:
    """The same of a product: no query where its ``parent`` and ``entry`` were read along."""
    entry, parent = getattr(product, "entry", None), product.parent
    facts = {"colour": entry.colour, "size": entry.size} if entry else {}
    return worded(str(product.get_title()), style=str(parent.title) if parent else "", **facts)
