"""What opens the asker's own view of a request: made of the form's nonce, so that a form sent twice has one answer."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Final

from django.utils.crypto import salted_hmac

SALT: Final = "lintas.requests.token"


def token_for(key: str) -> str:
    """256 bits that nobody can work out without our secret; the same for the same ``key``."""
    return urlsafe_b64encode(salted_hmac(SALT, key, algorithm="sha256").digest()).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
