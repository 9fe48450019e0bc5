from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from omni_sync.payments.stub.errors import Refusal

Told = tuple[Mapping[str, Any], int]
#: Refused before anything was carried out: the key is still good.
NOT_BEGUN: Final = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}


class Repeats:
    """Idempotency keys: the first answer again, errors of our own included; other fields under a key are refused."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known: dict[str, tuple[str, Told | None]] = {}

    def once(self, key: str, what: str, do: Callable[[], Told]) -> Told:
        """What ``do`` says, or said the first time."""
        if not key:
            return do()
        with self.lock:
            before, said = self.known.get(key, (what, None))
            if before != what:
                kind = "idempotency_error"
                raise Refusal(HTTPStatus.BAD_REQUEST, kind, "The key was used with other fields.", kind=kind)
            if said is not None:
                return said
            if key in self.known:
                raise Refusal(HTTPStatus.CONFLICT, "idempotency_key_in_use", "The first request is still going on.")
            self.known[key] = (what, None)
        return self._first(key, what, do)

    def _first(self, key: str, what: str, do: Callable[[], Told]) -> Told:
        said: Told | None = None
        try:
            said = do()
            return said
        finally:
            with self.lock:
                if said is None or said[1] in NOT_BEGUN:
                    del self.known[key]
                else:
                    self.known[key] = (what, said)
