"""What a person agreed to, in the words of whoever serves them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from omni_sync.customer_code.parts import CHANNEL
from omni_sync.people.models import Consent


def allowed_words(statements: Mapping[tuple[str, str], str]) -> tuple[tuple[str, bool], ...]:
    """Each channel and purpose that something was stated about, and whether it is allowed now; what staff see apart."""
    return tuple(
        (gettext("%(purpose)s by %(channel)s") % _words(channel, purpose), state == Consent.State.GRANTED)
        for (channel, purpose), state in sorted(statements.items())
        if channel != CHANNEL
    )


def _words(channel: str, purpose: str) -> dict[str, str]:
    channels = {
        "email": gettext("e-mail"),
        "sms": gettext("SMS"),
        "whatsapp": gettext("WhatsApp"),
        "push": gettext("notification"),
        "phone": gettext("phone"),
        "web": gettext("web page"),
    }
    purposes = {
        "service": gettext("News of their orders"),
        "marketing": gettext("Offers"),
        "personalisation": gettext("Offers made for them"),
    }
    return {"channel": channels.get(channel, channel), "purpose": purposes.get(purpose, purpose)}
