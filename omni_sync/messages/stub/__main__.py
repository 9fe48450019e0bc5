"""``python -m omni_sync.messages.stub --port 8440 --shop http://127.0.0.1:8000``

The accounts are the shop's own, from the same variables: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, WHATSAPP_TOKEN,
WHATSAPP_PHONE_ID, WHATSAPP_APP_SECRET.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from typing import Final

from omni_sync.messages.stub.providers import Accounts
from omni_sync.messages.stub.server import Stub
from omni_sync.messages.stub.tell import Teller

NAMES: Final = (
    "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID", "WHATSAPP_APP_SECRET",
)  # fmt: skip


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(
        prog="python -m omni_sync.messages.stub", description="Takes messages, and brings them nowhere."
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--shop", default="", help="whom it tells what became of messages")
    told = parser.parse_args()
    if missing := [name for name in NAMES if not os.environ.get(name)]:
        parser.error(f"{' and '.join(missing)} must be set")
    accounts = Accounts(*(os.environ[name] for name in NAMES))
    stub = Stub(port=told.port, accounts=accounts, tell=Teller(accounts, meta=f"{told.shop}/messages/whatsapp/"))
    sys.stdout.write(f"MESSAGES GO NOWHERE {stub.address}\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        stub.serve_forever(poll_interval=0.2)


if __name__ == "__main__":
    main()
