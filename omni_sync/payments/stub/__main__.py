"""``python -m omni_sync.payments.stub --port 8420 --webhook http://127.0.0.1:8000/payments/stripe/webhook``

STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are the shop's; the shop's STRIPE_API_BASE is this address.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from threading import Thread

from omni_sync.payments.stub.server import serve


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(prog="python -m omni_sync.payments.stub", description="Payments with test money.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--webhook", default="", help="where events are posted to")
    parser.add_argument("--address", default="", help="where browsers reach it, if that is not host and port")
    parser.add_argument("--keep", type=Path, help="a file that remembers the payments when it starts again")
    told = parser.parse_args()
    secrets = {name: os.environ.get(name, "") for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")}
    if not all(secrets.values()):
        parser.error(f"{' and '.join(name for name, value in secrets.items() if not value)} must be set")
    server = serve(
        port=told.port, host=told.host, webhook=told.webhook, address=told.address, keep=told.keep,
        secret=secrets["STRIPE_SECRET_KEY"], webhook_secret=secrets["STRIPE_WEBHOOK_SECRET"],
    )  # fmt: skip
    # An exception out of a signal may be lost where Python has nobody to give it to; a handler is not.
    signal.signal(signal.SIGINT, lambda *_: Thread(target=server.shutdown).start())
    sys.stdout.write(f"TEST MONEY READY {server.stub.address}\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.2)


if __name__ == "__main__":
    main()
