"""A wire that is cut when its time is over, whatever it is doing: a receiver may drip a byte now and then for ever, and
every byte begins the wait of a socket anew."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests import Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


def watch(session: Session) -> None:
    """Let the wires of ``session`` be cut by ``no_longer_than``."""
    for adapter in session.adapters.values():
        if isinstance(adapter, HTTPAdapter):
            adapter.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Cut the wire when the time is over, which ends whatever waits for it. Raises TimeoutError then."""
    exchange, began = _Exchange(), time.monotonic()
    clock = threading.Timer(seconds, exchange.end)
    clock.daemon = True
    _watch.now = exchange
    clock.start()
    try:
        yield
    except Exception as failure:
        if exchange.is_over or time.monotonic() - began >= seconds:
            raise TimeoutError from failure
        raise
    finally:
        clock.cancel()
        _watch.now = None
    if exchange.is_over:
        raise TimeoutError


class _Watch(threading.local):
    """What this thread is talking over now."""

    now: Any = None


_watch = _Watch()


class _Exchange:
    """Whatever sockets one exchange uses; cut when its time is over."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.wire: socket.socket | None = None
        self.is_over = False

    def uses(self, wire: socket.socket | None) -> None:
        with self.lock:
            self.wire = wire
            if self.is_over:
                _cut(wire)

    def end(self) -> None:
        with self.lock:
            self.is_over = True
            _cut(self.wire)


def _cut(wire: socket.socket | None) -> None:
    if wire is not None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)


class _Watched:
    """A connection whose wire can be cut from outside, at any moment of its life: also during TLS's handshake."""

    wire: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        self.wire = made.dup()
        self._show()
        return made

    def request(self, *args: Any, **kwargs: Any) -> None:
        self._show()
        super().request(*args, **kwargs)  # type: ignore[misc]

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        if self.wire is not None:
            self.wire.close()
            self.wire = None

    def _show(self) -> None:
        if _watch.now is not None:
            _watch.now.uses(self.wire)


class _Connection(_Watched, HTTPConnection):
    pass


class _SafeConnection(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection
