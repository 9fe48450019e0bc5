"""Sizes in the order people expect them: 38 before 42, S before M before XL."""

import re
from typing import Final

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
LETTERS: Final = re.compile(r"(?:(?P<times>\d{1,2})X|(?P<many>X*))(?P<letter>[SML])", re.ASCII | re.IGNORECASE)
SIDE: Final = {"S": -1, "M": 0, "L": 1}


def in_order(size: str) -> tuple[int, float, str]:
    """A key to sort sizes by: numbers first, by value; then XS to XXXL or 3XL; then the rest by name."""
    text = size.strip()
    if letters := LETTERS.fullmatch(text):
        far = 1 + int(letters["times"] or len(letters["many"] or ""))
        return 1, SIDE[letters["letter"].upper()] * far, text
    if number := NUMBER.match(text):
        return 0, float(number[0].replace(",", ".")), text
    return 2, 0, text
