"""What the form of an exchange says beside that of a return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from instore.exchanges.prices import Out
from instore.tablet.acts import LONGEST_INTEGER, Unreadable
from instore.tablet.owed import Method as Pay

#: What stands before an article's number in the name of its field.
OUT: Final = "out"
MOST: Final = 99
MOST_ARTICLES: Final = 50


def outs_in(form: Mapping[str, str]) -> list[Out]:
    """What is to go out, in its order. Raises Unreadable."""
    named = [(name.removeprefix(OUT), form[name]) for name in form if name.startswith(OUT)]
    if len(named) > MOST_ARTICLES or not all(_is_number(part) for pair in named for part in pair):
        raise Unreadable
    found = [Out(int(product), int(quantity)) for product, quantity in named]
    if any(out.quantity > MOST for out in found):
        raise Unreadable
    return [out for out in found if out.quantity]


def pay_in(form: Mapping[str, str]) -> Pay:
    """How a difference is paid. Raises Unreadable."""
    said = form.get("pay") or Pay.CASH.value
    if said not in Pay.values:
        raise Unreadable
    return Pay(said)


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= LONGEST_INTEGER
