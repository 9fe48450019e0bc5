"""``manage.py check`` says which channel is set by halves: such a one is closed."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - its name there

from omni_sync import conf
from omni_sync.messages.channels.webpush.keys import own_key

NEEDED: Final = {
    "LINTAS_TWILIO": ("account_sid", "auth_token", "from"),
    "LINTAS_WHATSAPP": ("token", "phone_id", "app_secret", "verify_token"),
    "LINTAS_VAPID": ("private_key", "subject"),
}


@register(Tags.compatibility)
def check_channels(**_: Any) -> list[CheckMessage]:
    """Each account is set whole, or not at all."""
    found: list[CheckMessage] = []
    for name, needed in NEEDED.items():
        said = getattr(settings, name, {})
        missing = [one for one in needed if not said.get(one)]
        if missing and any(said.get(one) for one in needed):
            problem = f"{name} lacks {', '.join(missing)}: this channel is closed."
            found.append(Warning(problem, hint="Set all of it, or nothing. See docs/messages.md.", id="lintas.W010"))
    return found


@register(Tags.compatibility)
def check_push_key(**_: Any) -> list[CheckMessage]:
    """What push services know us by can be read, and they can reach somebody."""
    said = conf.vapid()
    if not said.get("private_key"):
        return []
    try:
        own_key()
    except ValueError:
        problem = "LINTAS_VAPID's private_key is no P-256 key in base64url: no notification goes out."
        return [Warning(problem, hint="Make one; see docs/messages.md.", id="lintas.W011")]
    if said.get("subject", "mailto:").startswith(("mailto:", "https://")):
        return []
    problem = "LINTAS_VAPID's subject is neither mailto: nor https:, which some push services refuse."
    return [Warning(problem, hint="mailto:you@your.shop", id="lintas.W012")]


@register(Tags.compatibility)
def check_mail_notices(**_: Any) -> list[CheckMessage]:
    """A mail provider that may tell what became of letters has a password for it."""
    if not str(getattr(settings, "EMAIL_BACKEND", "")).startswith("anymail.") or conf.hears_of_mail():
        return []
    problem = "Letters go through django-anymail, but nobody hears what became of them."
    hint = 'ANYMAIL = {"WEBHOOK_SECRET": "user:password", …}, and give the provider the address in docs/messages.md.'
    return [Warning(problem, hint=hint, id="lintas.W013")]
