from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Mapping, Sequence
from typing import Final

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.adapters.port import PushOnly, Reading
from omni_sync.pos.exceptions import Unauthorised

PATIENCE: Final = 5 * 60
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)


class NativeTill(PushOnly):
    """Lintas's own wire format, signed as Standard Webhooks."""

    def authenticate(self, *, body: bytes, headers: Mapping[str, str], secrets: Sequence[str], url: str) -> None:
        """Raise ``Unauthorised`` unless one of ``secrets`` signed these bytes within five minutes.

        Over the bytes as they came: the library decodes them first, and calls what is not UTF-8 unsigned.
        """
        number, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not number or not _SECONDS.fullmatch(moment) or abs(time.time() - int(moment)) > PATIENCE:
            raise Unauthorised
        message = f"{number}.{moment}.".encode("utf-8", "surrogateescape") + body
        given = [_bytes(part[3:]) for part in headers.get("webhook-signature", "").split(" ") if part[:3] == "v1,"]
        for secret in secrets:
            mac = hmac.digest(_key(secret), message, hashlib.sha256)
            if any(hmac.compare_digest(mac, signature) for signature in given):
                return
        raise Unauthorised

    def read(self, *, body: bytes, headers: Mapping[str, str]) -> Reading:
        """One event, or a list of up to 500."""
        return read(body)


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_") + "==")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
