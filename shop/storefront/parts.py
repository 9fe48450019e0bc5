"""Parts of pages, rendered once for what they are given.

A part sees what it is given and nothing else: no request, no person, no clock. So the same values give the same HTML,
and the HTML may be kept by the values: stock is read for every page and what was rendered for the same figures is used
again. What is personal stands in the page around the parts; the one thing that is needed inside, the CSRF token, is
put into its place afterwards.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST: Final = 1500
#: Nobody can guess it, so no text of a merchant's can be mistaken for it.
TOKEN_PLACE: Final = f"csrf-{secrets.token_hex(16)}"

_kept: Final[OrderedDict[Hashable, SafeString]] = OrderedDict()
_lock: Final = threading.Lock()


def part(template: str, **given: Any) -> SafeString:
    """``template`` in the reader's language, with ``given`` as its whole context.

    Values are compared, so they must be hashable; those without an ``__eq__`` of their own count as themselves.
    A part with a form writes ``{{ token_place }}`` where its CSRF token belongs, see ``with_token``.
    """
    key = template, get_language(), *given.items()
    html = _kept.get(key)
    if html is None:
        html = SafeString(get_template(template).render({**given, "token_place": TOKEN_PLACE}))
        with _lock:
            _kept[key] = html
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return html


def with_token(html: SafeString, request: HttpRequest) -> SafeString:
    """``html`` with this visitor's CSRF token in its forms."""
    return SafeString(html.replace(TOKEN_PLACE, get_token(request)))


def this_minute() -> int:
    """The number of the minute: given to a part whose words depend on the time of day."""
    return int(time.time() // 60)


def this_quarter() -> int:
    """The number of the quarter of an hour: given to a part whose words depend on what day it is somewhere.

    A day begins on the quarter in every zone.
    """
    return int(time.time() // 900)
