"""How Twilio signs: over the address it was given and every field (HMAC-SHA1, base64)."""

from __future__ import annotations

import base64
import hmac
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from django.utils.crypto import constant_time_compare

Fields = Sequence[tuple[str, str]]
PORTS: Final = {"https": 443, "http": 80}


def signature(url: str, fields: Fields, token: str) -> str:
    """As Twilio writes it: the address, then each field's name and values, in order of the names."""
    named: dict[str, set[str]] = defaultdict(set)
    for name, value in fields:
        named[name].add(value)
    text = url + "".join(name + value for name in sorted(named) for value in sorted(named[name]))
    return base64.b64encode(hmac.digest(token.encode(), text.encode("utf-8", "surrogatepass"), "sha1")).decode()


def is_signed(*, url: str, fields: Fields, header: str, token: str) -> bool:
    """Whether who knows ``token`` signed these fields for ``url``, with the port in it or without."""
    return bool(token) and any(
        constant_time_compare(header, signature(one, fields, token)) for one in _with_and_without_port(url)
    )


def _with_and_without_port(url: str) -> Iterator[str]:
    yield url
    parts = urlsplit(url)
    host, port = parts.hostname or "", PORTS.get(parts.scheme)
    if parts.port is None:
        yield parts._replace(netloc=f"{host}:{port}").geturl()
    elif parts.port == port:
        yield parts._replace(netloc=host).geturl()
