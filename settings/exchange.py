"""One request and its answer between ASGI and WSGI (PEP 3333)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final
from urllib.parse import unquote_to_bytes

from omni_sync.live.asgi import Header, Scope

Environ = dict[str, Any]
WSGI = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PLAIN: Final = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
WITHOUT_BODY: Final = frozenset({204, 304})


class File:
    """``wsgi.file_wrapper``: an answer that is a file, which any thread may read."""

    def __init__(self, file: IO[bytes], block: int = 8192) -> None:
        self.file = file
        self.block = block

    def read(self, size: int) -> bytes:
        return self.file.read(size)

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(self.block):
            yield block

    def close(self) -> None:
        self.file.close()


class Answer:
    """What a WSGI application says: status and headers, and the body as it comes."""

    def __init__(self, application: WSGI, environ: Environ) -> None:
        self.status = 500
        self.headers: list[Header] = []
        self.body = application(environ, self._start)

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:
        self.status = int(status[:3])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return _never_written

    @property
    def is_whole(self) -> bool:
        """The view has made all of it, as most do."""
        return getattr(self.body, "streaming", True) is False

    def whole(self) -> bytes:
        """The body, and its length among the headers."""
        try:
            body = b"".join(self.body)
        finally:
            self.close()
        if self.status not in WITHOUT_BODY and not any(name == b"content-length" for name, _ in self.headers):
            self.headers.append((b"content-length", b"%d" % len(body)))
        return body

    def close(self) -> None:
        """Django's end of the request: connections that are too old are closed."""
        getattr(self.body, "close", _nothing)()


def environ_of(scope: Scope, body: IO[bytes]) -> Environ:
    """PEP 3333's variables for a request whose ``body`` has been received."""
    length = body.tell()
    body.seek(0)
    root = scope.get("root_path", "")
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root,
        "PATH_INFO": path.removeprefix(root),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REQUEST_URI": _as_sent(scope),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or ""),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": File,
    }
    _add_headers(environ, scope["headers"])
    environ["CONTENT_LENGTH"] = str(length)  # as received: a body in chunks did not say it
    return environ


def _as_sent(scope: Scope) -> str:
    """The address before anything of it was decoded, by the name that uWSGI and Apache have for it."""
    raw, query = scope.get("raw_path") or b"", scope["query_string"]
    return (raw + b"?" + query if query else raw).decode("latin-1")


def _add_headers(environ: Environ, headers: Iterable[Header]) -> None:
    for name, value in headers:
        if b"_" in name:  # X_Forwarded_Proto would pass for the X-Forwarded-Proto of a proxy
            continue
        key = PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text


def _never_written(block: bytes) -> None:
    raise RuntimeError("Django answers with an iterable; PEP 3333's write() has no use here")


def _nothing() -> None:
    pass
