"""What a browser gives us of itself: an address at its push service, and the keys to write to it in secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from omni_sync.messages.channels.webpush.exceptions import BadSubscription
from omni_sync.outside import is_allowed, is_inside
from omni_sync.seal import seal, unseal

LONGEST: Final = 1000
SECRET: Final = 16  # bytes, RFC 8291


@dataclass(frozen=True, slots=True)
class Subscription:
    """One device."""

    endpoint: str
    p256dh: str
    auth: str

    def check(self) -> None:
        """Raises BadSubscription for one that no browser gives, or one that leads into our own house."""
        check_endpoint(self.endpoint)
        try:
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(self.p256dh))
            if len(_bytes(self.auth)) != SECRET:
                raise BadSubscription
        except (ValueError, binascii.Error) as failure:
            raise BadSubscription from failure

    @property
    def as_pywebpush(self) -> dict[str, object]:
        return {"endpoint": self.endpoint, "keys": {"p256dh": self.p256dh, "auth": self.auth}}

    @property
    def sealed(self) -> bytes:
        return seal(json.dumps(asdict(self)))


def opened(sealed: bytes) -> Subscription:
    """What was sealed. Raises InvalidToken where no key opens it."""
    return Subscription(**json.loads(unseal(sealed)))


def endpoint_hash(endpoint: str) -> bytes:
    """How a device is known again."""
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).digest()


def check_endpoint(endpoint: str) -> None:
    """Raises BadSubscription unless it is public and https, or a host this shop trusts by name.

    What its name resolves to is checked when we connect, each time.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as failure:
        raise BadSubscription from failure
    odd = parts.username is not None or parts.fragment or not endpoint.isascii() or not endpoint.isprintable()
    if not host or odd or port == 0 or " " in endpoint or len(endpoint) > LONGEST:
        raise BadSubscription
    if parts.scheme not in ("http", "https"):
        raise BadSubscription
    if not is_allowed(host) and (parts.scheme != "https" or is_inside(host)):
        raise BadSubscription


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
