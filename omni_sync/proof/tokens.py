"""What proves an address: a token in the letter's link, or a code to type. Neither is stored."""

import hashlib
import secrets
from typing import Final

from omni_sync.seal import keyed_hashes

_CODE: Final = "lintas.email.proof"


def new_token() -> str:
    """256 bits, 43 characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How ``token`` is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def code_hashes(user_id: int, code: str) -> list[bytes]:
    """How the code of this account may be stored, the newest key's first."""
    return keyed_hashes(_CODE, f"{user_id} {code}")
