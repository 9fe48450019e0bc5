"""What opens a hand-off: a token in the QR, or a code to type. Neither is stored."""

import hashlib
import secrets
from typing import Final

from omni_sync.seal import keyed_hashes

_CODE: Final = "lintas.hand-off.code"


def new_token() -> str:
    """256 bits, 43 characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How ``token`` is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def code_hashes(code: str) -> list[bytes]:
    """How ``code`` may be stored, the newest key's first."""
    return keyed_hashes(_CODE, code)
