"""What opens a look-up: a token in the QR, or a code to say. Neither is stored."""

import hashlib
import re
import secrets
from typing import Final

from omni_sync.seal import keyed_hashes
from omni_sync.spoken import as_code

_CODE: Final = "lintas.customer.code"
#: What the QR says. It is no address: whoever else photographs it opens nothing with it.
PAYLOAD: Final = "lintas:person/"
TOKEN: Final = re.compile(rf"^{PAYLOAD}(?P<token>[A-Za-z0-9_-]{{43}})$", re.ASCII)
#: What a camera may take for one.
WANTED: Final = rf"^{PAYLOAD}[A-Za-z0-9_-]{{43}}$|^[A-Za-z0-9]{{6}}$"
LONGEST: Final = 200


def new_token() -> str:
    """256 bits, 43 characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How ``token`` is stored."""
    return hashlib.sha256(token.encode()).digest()


def code_hashes(code: str) -> list[bytes]:
    """How ``code`` may be stored, the newest key's first."""
    return keyed_hashes(_CODE, code)


def token_in(said: str) -> str:
    """The token of what a scanner read; empty for anything else."""
    found = TOKEN.match(said.strip()[:LONGEST])
    return found["token"] if found else ""


def code_in(said: str) -> str:
    """The code of what somebody typed; empty for anything else."""
    return as_code(said[:LONGEST])
