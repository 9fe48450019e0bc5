"""What opens a receipt for whoever holds it: printed in its QR, kept hashed, and sealed where we made it."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, 43 characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How ``token`` is looked for; a till's claim is kept alike."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
