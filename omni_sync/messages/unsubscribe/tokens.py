"""What is in the link below a message: who has it may end messages of its kind, and nothing else."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, 43 characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How ``token`` is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
