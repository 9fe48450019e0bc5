from __future__ import annotations

from collections.abc import Mapping, Sequence

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.adapters.port import PushOnly, Reading
from omni_sync.pos.exceptions import Unauthorised


class NativeTill(PushOnly):
    """Lintas's own wire format, signed as Standard Webhooks."""

    def authenticate(self, *, body: bytes, headers: Mapping[str, str], secrets: Sequence[str], url: str) -> None:
        """Raise ``Unauthorised`` unless one of ``secrets`` signed these bytes within five minutes."""
        for secret in secrets:
            try:
                Webhook(secret).verify(body, dict(headers), json_parse=False)
            except (WebhookVerificationError, UnicodeError, ValueError, OverflowError):
                continue
            return
        raise Unauthorised

    def read(self, *, body: bytes, headers: Mapping[str, str]) -> Reading:
        """One event, or a list of up to 500."""
        return read(body)
