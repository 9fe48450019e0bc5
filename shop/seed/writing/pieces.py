"""Blocks as an editor would put them together, in the form they are kept in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """One page in one language; ``body`` is given a function that says which number a page or a thing has."""

    slug: str
    title: str
    intro: str
    body: Callable[[Callable[[str], int | None]], list[Block]]
    over: str = ""
    action: str = ""


def block(kind: str, value: Any) -> Block:
    """A block; its id follows from what it says, so that the same seed writes the same."""
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{kind}{value}"))}


def text(html: str) -> Block:
    return block("text", html)


def note(html: str) -> Block:
    return block("note", {"text": html})


def table(caption: str, columns: list[str], *rows: list[str]) -> Block:
    headings = [{"type": "text", "heading": heading} for heading in columns]
    return block("table", {"columns": headings, "rows": [{"values": row} for row in rows], "caption": caption})


def faq(heading: str, *asked: tuple[str, str]) -> Block:
    questions = [block("item", {"question": question, "answer": answer}) for question, answer in asked]
    return block("faq", {"heading": heading, "questions": questions})


def link(words: str = "", **target: Any) -> Block:
    """``page``, ``category``, ``place`` or ``address``."""
    return {"text": words, "page": None, "place": "", "category": None, "address": "", **target}


def pair(heading: str, html: str, picture: int | None, *, first: bool = False, way: Block | None = None) -> Block:
    side = "start" if first else "end"
    value = {"heading": heading, "text": html, "picture": picture, "side": side, "link": way or link()}
    return block("text_and_picture", value)


def hero(heading: str, words: str, picture: int | None, way: Block) -> Block:
    return block("hero", {"heading": heading, "words": words, "picture": picture, "link": way})


def chosen(heading: str, products: list[int | None]) -> Block:
    there = [block("item", product) for product in products if product]
    return block("chosen", {"heading": heading, "products": there})


def of_category(heading: str, category: int | None, most: int = 4) -> Block:
    return block("category", {"heading": heading, "category": category, "most": most})


def trend(heading: str, which: str, most: int = 4) -> Block:
    return block("trend", {"heading": heading, "trend": which, "most": most})


def shop_picker(heading: str = "", words: str = "") -> Block:
    return block("shop_picker", {"heading": heading, "words": words})


def to_page(number: int | None, words: str) -> str:
    """A link inside written text."""
    return f'<a id="{number}" linktype="page">{words}</a>' if number else words
