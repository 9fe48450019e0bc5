"""What the people of the demo say of its goods: three opinions of every style, in the language they were given in."""

from typing import NamedTuple


class Opinion(NamedTuple):
    """Stars (1 to 5), language, headline and what was said."""

    score: int
    language: str
    title: str
    body: str
