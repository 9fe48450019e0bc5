"""Test money: without a key of Stripe's the demo pays at a stub that speaks like Stripe, on a port of its own."""

import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from settings.demonstration import ports
from settings.embedded.place import Place

PORT = 8420
WEBHOOK = "/payments/stripe/webhook"


@dataclass(frozen=True, slots=True)
class Bank:
    """Where the stub listens, where the shop does, and what only the two of them know."""

    port: int
    shop: int
    key: str
    signed_with: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """What tells the shop, and the stub, of each other."""
        return {
            "STRIPE_SECRET_KEY": self.key,
            "STRIPE_WEBHOOK_SECRET": self.signed_with,
            "STRIPE_API_BASE": self.address,
        }

    def command(self, data: Path) -> list[str]:
        """The process; what was paid is kept beside the shop's data."""
        webhook = f"http://127.0.0.1:{self.shop}{WEBHOOK}"
        options = ["--port", str(self.port), "--webhook", webhook, "--keep", str(data / "test-money.json")]
        return [sys.executable, "-m", "omni_sync.payments.stub", *options]


def bank_for(*, shop: int, data: Path) -> Bank | None:
    """A stub for the shop at this port; None where a key of Stripe's is set, which is then what is paid with."""
    if settings.LINTAS_STRIPE_SECRET_KEY:
        return None
    place = Place(data)
    return Bank(
        port=ports.first_free(PORT),
        shop=shop,
        key=f"sk_test_{place.secret('test money')}",
        signed_with=f"whsec_{place.secret('test money webhook')}",
    )
