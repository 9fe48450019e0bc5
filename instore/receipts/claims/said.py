"""What somebody typed, pasted or photographed, and the token in it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from instore.receipts.claims.exceptions import NotAToken

LONGEST: Final = 500
_IN_ADDRESS: Final = re.compile(r"/r/([^/?#\s]+)", re.IGNORECASE)
#: 128 bits are 22 characters at least, in whatever letters a till writes them.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,128}")


def token_in(said: str) -> str:
    """The token in an address of a receipt, or the token itself, blanks left out. Raises NotAToken."""
    text = said.strip()[:LONGEST]
    found = _IN_ADDRESS.search(text)
    token = unquote(found.group(1)) if found else "".join(text.split())
    if not is_token(token):
        raise NotAToken
    return token


def is_token(said: str) -> bool:
    """Whether it could be one, of ours or a till's."""
    return _TOKEN.fullmatch(said) is not None
