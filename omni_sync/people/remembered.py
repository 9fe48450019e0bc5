"""What pages ask of the signed-in member again and again, remembered in their session: a page then asks nobody.

The row is the truth. A session remembers it from the login on, and looks again when this process has not looked for
five minutes: what was changed on another device is seen by then. The session is written only where that differs.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from django.http import HttpRequest

SECONDS: Final = 300.0
MOST: Final = 20_000
Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """One fact about a member; ``read`` takes it from its row by the user's id, as something JSON can write."""

    def __init__(self, key: str, read: Callable[[int], Value]) -> None:
        self._key = key
        self._read = read
        self._looked: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, request: HttpRequest) -> Value | None:
        """What is known of the member who is signed in; None for nobody."""
        user_id = member(request)
        if user_id is None:
            return None
        if self._key in request.session and self._looked_lately(request):
            value: Value = request.session[self._key]
            return value
        return self.look(request, user_id)

    def look(self, request: HttpRequest, user_id: int) -> Value:
        """Read the row again: one query."""
        value = self._read(user_id)
        self.keep(request, value)
        return value

    def keep(self, request: HttpRequest, value: Value) -> None:
        """The row says ``value`` now."""
        if self._key not in request.session or request.session[self._key] != value:
            request.session[self._key] = value
        self._note_look(request)

    def _looked_lately(self, request: HttpRequest) -> bool:
        return time.monotonic() < self._looked.get(request.session.session_key or "", 0.0)

    def _note_look(self, request: HttpRequest) -> None:
        with self._lock:
            self._looked[request.session.session_key or ""] = time.monotonic() + SECONDS
            self._looked.move_to_end(request.session.session_key or "")
            while len(self._looked) > MOST:
                self._looked.popitem(last=False)


def member(request: HttpRequest) -> int | None:
    """The id of the user who is signed in."""
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated and hasattr(request, "session") else None
