"""Who we are to push services (VAPID, RFC 8292): a key of our own, whose public half browsers are given."""

from __future__ import annotations

from functools import lru_cache

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from omni_sync import conf


def own_key() -> Vapid02:
    """Our key. Raises ValueError where what is set is none."""
    return _read(conf.vapid().get("private_key", ""))


def public_key() -> str:
    """What a browser subscribes with: base64url of the point."""
    point = own_key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return str(b64urlencode(point))


@lru_cache(maxsize=4)
def _read(text: str) -> Vapid02:
    try:
        return Vapid02.from_string(text)
    except Exception as failure:  # whatever the library says of text that is no key
        raise ValueError("not a key") from failure
