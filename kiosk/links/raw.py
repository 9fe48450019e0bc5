"""An address as it was sent: a slash in a value, ``%2F``, is none of the path's own."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes

from django.http import HttpRequest
from django.utils.encoding import repercent_broken_unicode

#: What may stand in an address unescaped, and the sign that something is escaped.
SIGNS: Final = "-._~:/?#[]@!$&'()*+,;=%"
#: Where servers leave what was asked: Gunicorn; uWSGI, Apache and our own.
PLACES: Final = ("RAW_URI", "REQUEST_URI")


def raw_path(request: HttpRequest) -> str:
    """The path, still percent-encoded where the server has kept it, else encoded anew; without the query."""
    scope = getattr(request, "scope", None)  # under ASGI
    kept = [scope.get("raw_path", b"").decode("latin-1")] if scope else [request.META.get(name, "") for name in PLACES]
    for said in kept:
        path = _path_of(said)
        if path and request.path in _as_django_reads(path):  # else somebody in between has rewritten it
            return quote(path, safe=SIGNS)
    return quote(request.path, safe=SIGNS.replace("%", ""))


def raw_query(request: HttpRequest) -> str:
    """The query as it was sent, so far as an address may hold it."""
    return quote(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"), safe=SIGNS)


def _as_django_reads(path: str) -> tuple[str, str]:
    """What its servers make of a path: they differ in bytes that are no UTF-8."""
    return unquote(path), repercent_broken_unicode(unquote_to_bytes(path)).decode()


def _path_of(said: str) -> str:
    path = said.partition("?")[0]
    if "://" in path and not path.startswith("/"):  # a proxy may be asked for the whole address
        path = "/" + path.partition("://")[2].partition("/")[2]
    return path
