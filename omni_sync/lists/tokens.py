"""What opens a list for somebody who is not its owner. It is stored hashed, and sealed where it is shown again."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, 43 characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How ``token`` is looked for."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
