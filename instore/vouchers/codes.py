"""What opens a voucher: a code that is typed, 80 bits, and a token in its QR, 256 bits. Both are kept hashed.

Neither hash needs a key: nobody tries out as many as there are. So a voucher outlives the keys of the environment.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Final

from cryptography.fernet import InvalidToken

from omni_sync.seal import seal, unseal
from omni_sync.spoken import ALPHABET

if TYPE_CHECKING:
    from instore.vouchers.models import CreditVoucher

LENGTH: Final = 18  # of 22 letters each: 80.3 bits
GROUP: Final = 6
LINK: Final = re.compile(r"/v/(?P<token>[A-Za-z0-9_-]{43})(?:[/?#]|$)", re.ASCII)
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
#: What a camera may take for a voucher.
WANTED: Final = r"/v/[A-Za-z0-9_-]{43}(?:[/?#]|$)"
LONGEST: Final = 500


def new_code() -> str:
    """Letters that nobody reads one for another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """43 characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def new_number() -> str:
    """What a voucher is called where everybody reads it."""
    return f"V-{secrets.token_hex(5).upper()}"


def as_code(said: str) -> str:
    """What somebody typed, as the code it means; empty where it can't be one."""
    code = "".join(said.split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def as_token(said: str) -> str:
    """The token of an address or of a scanned QR; empty for none."""
    link = LINK.search(said)
    return link["token"] if link else said if TOKEN.fullmatch(said) else ""


def written(code: str) -> str:
    """In groups that are read and typed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hash_of(secret: str) -> bytes:
    """How a code or a token is kept and looked for."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def sealed(code: str, token: str) -> bytes:
    """Both, to be shown again."""
    return seal(f"{code} {token}")


def opened(voucher: CreditVoucher) -> tuple[str, str]:
    """Code and token; both empty where the key they were sealed with is gone."""
    try:
        code, token = unseal(voucher.sealed).split()
    except InvalidToken:
        return "", ""
    return code, token
