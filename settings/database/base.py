"""PostgreSQL as Django knows it: a cheaper proof that a kept connection is there, and no number cut to fit."""

from __future__ import annotations

import select
from functools import lru_cache
from typing import Any, Final

from django.db.backends.postgresql import base
from psycopg.abc import DumperKey
from psycopg.adapt import AdaptersMap, Dumper, PyFormat
from psycopg.types.numeric import Int2, Int4, Int4Dumper, IntDumper


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks ``SELECT 1`` before the first query of each request, which a page of few queries feels.

    A server that ended a connection, or itself, has said so on the line, and an idle line is silent otherwise. Who
    vanished without a word (a cut cable) is found out by the query itself, as it would be right after a question.
    """

    def get_connection_params(self) -> dict[str, Any]:
        """What Django passes on, with our way to say numbers."""
        told = super().get_connection_params()
        return {**told, "context": _exact(told["context"])}

    def is_usable(self) -> bool:
        """Whether the connection can be used; one that has something to say unasked is asked."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.pgconn.socket, select.POLLIN)
        return super().is_usable() if line.poll(0) else True


class WholeNumberDumper(Int4Dumper):
    """An integer of four bytes, or of as many as it needs.

    What Django takes for a four-byte integer (the 10**12 of ``F("xact") + 10**12``) is cut to its lower half by
    psycopg's own dumper where parameters are bound on the server.
    """

    any_number: Final = IntDumper(int)

    def get_key(self, obj: int, format: PyFormat) -> DumperKey:  # noqa: A002 - its name in psycopg
        return self.cls if _fits(obj) else self.any_number.get_key(obj, format)

    def upgrade(self, obj: int, format: PyFormat) -> Dumper:  # noqa: A002
        return self if _fits(obj) else self.any_number.upgrade(obj, format)


def _fits(number: int) -> bool:
    return -(2**31) <= number < 2**31


@lru_cache
def _exact(adapters: AdaptersMap) -> AdaptersMap:
    ours = AdaptersMap(adapters)
    for kind in (Int2, Int4):
        ours.register_dumper(kind, WholeNumberDumper)
    return ours
