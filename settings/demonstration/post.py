"""Messages of the demo: without accounts of one's own they go to a stub, which takes them and brings them nowhere."""

import base64
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from settings.demonstration import ports
from settings.embedded.place import Place

PORT = 8440


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Where the stub listens, where the shop does, and what only the two of them know."""

    port: int
    shop: int
    key: str
    vapid: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """What tells the shop, and the stub, of each other; an account that is set already stays."""
        found: dict[str, str] = {}
        if not settings.LINTAS_TWILIO:
            found |= {"TWILIO_ACCOUNT_SID": "ACdemo", "TWILIO_AUTH_TOKEN": self.key, "TWILIO_FROM": "+62215550100"}
            found |= {"TWILIO_API_BASE": self.address}
        if not settings.LINTAS_WHATSAPP:
            found |= {"WHATSAPP_TOKEN": self.key, "WHATSAPP_PHONE_ID": "620000000000", "WHATSAPP_APP_SECRET": self.key}
            found |= {"WHATSAPP_VERIFY_TOKEN": self.key, "WHATSAPP_API_BASE": f"{self.address}/v23.0"}
        if not settings.LINTAS_VAPID:
            found |= {"VAPID_PRIVATE_KEY": self.vapid, "VAPID_SUBJECT": f"mailto:{settings.OSCAR_FROM_EMAIL}"}
        return found

    def command(self) -> list[str]:
        """The process."""
        shop = f"http://127.0.0.1:{self.shop}"
        return [sys.executable, "-m", "omni_sync.messages.stub", "--port", str(self.port), "--shop", shop]


def post_office_for(*, shop: int, data: Path) -> PostOffice | None:
    """A stub for the shop at this port; None where accounts of one's own are set for both."""
    if settings.LINTAS_TWILIO and settings.LINTAS_WHATSAPP:
        return None
    place = Place(data)
    vapid = hashlib.sha256(place.secret("notifications").encode()).digest()
    return PostOffice(
        port=ports.first_free(PORT),
        shop=shop,
        key=place.secret("messages"),
        vapid=base64.urlsafe_b64encode(vapid).decode().rstrip("="),
    )
