"""This visit is for somebody else: the shopper's own sizes are not chosen, and nothing of it teaches them."""

from __future__ import annotations

import time
from typing import Final

from django.http import HttpRequest

KEY: Final = "lintas_for_somebody_else"
HOURS: Final = 12  # a visit; who comes back tomorrow shops for themselves
ASKED: Final = "for_somebody_else"  # in what goes to ``order_promised``


def shops_for_somebody_else(request: HttpRequest) -> bool:
    """Whether this visitor said so lately, in this browser: no query beside the session's."""
    until = request.session.get(KEY, 0) if hasattr(request, "session") else 0
    return bool(time.time() < until)


def shop_for_somebody_else(request: HttpRequest, *, is_so: bool) -> None:
    """From here on, or no more."""
    if is_so:
        request.session[KEY] = int(time.time()) + HOURS * 60 * 60
    else:
        request.session.pop(KEY, None)
