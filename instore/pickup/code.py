"""The code a shopper says at the counter, and the token in the link and in the QR.

The code is short, so it is good for one store and while its pickup is open. The token follows from the code and the key
of the environment: it can be made again for every notice, although only its hash is stored.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from omni_sync.seal import keyed_hashes, seal, unseal
from omni_sync.spoken import new_code

if TYPE_CHECKING:
    from instore.pickup.models import Pickup

CODE_BYTES: Final = 32
TOKEN_BYTES: Final = 32
_CODE: Final = "lintas.pickup.code"
_TOKEN: Final = "lintas.pickup.token"  # noqa: S105 - a name, not a secret


def code_of(pickup: Pickup) -> str:
    """The code, to be shown to its shopper."""
    return unseal(pickup.code)


def code_hashes(code: str) -> list[bytes]:
    """How ``code`` may be stored, the newest key's first."""
    return keyed_hashes(_CODE, code)


def token_of(pickup: Pickup) -> str:
    """The token of the pickup's page: 256 bits, 43 characters. LookupError where the key it was made with is gone."""
    for token in _tokens(pickup.pk, code_of(pickup)):
        if secrets.compare_digest(token_hash(token), bytes(pickup.token_hash)):
            return token
    raise LookupError(pickup.pk)


def token_hash(token: str) -> bytes:
    """How ``token`` is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def put_code(pickup: Pickup) -> None:
    """Give ``pickup`` a new code, and the token that goes with it."""
    code = new_code()
    pickup.code = seal(code)
    pickup.code_hash = code_hashes(code)[0]
    pickup.token_hash = token_hash(_tokens(pickup.pk, code)[0])


def _tokens(pickup_id: int, code: str) -> list[str]:
    raw = keyed_hashes(_TOKEN, f"{pickup_id}:{code}")
    return [base64.urlsafe_b64encode(digest).decode().rstrip("=") for digest in raw]
