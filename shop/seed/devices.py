"""Other ways than letters: who of the demo's people hears of new things by notification, WhatsApp or SMS."""

from __future__ import annotations

import base64
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction

from omni_sync.messages.channels.webpush.subscribe import devices_of, subscribe
from omni_sync.messages.channels.webpush.subscription import Subscription
from omni_sync.outside import is_allowed
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import may
from shop.seed.day import Day
from shop.seed.people import ACCOUNTS, Human, accounts

#: Where the demo's own push service listens, which takes what it is sent and shows it to nobody.
HOST: Final = "127.0.0.1"
SERVICE: Final = f"http://{HOST}:8440/push"
_WANT: Final = {"Dewi": "push", "Putri": "push", "Sari": "whatsapp", "Agus": "whatsapp", "Made": "sms"}


def are_known() -> bool:
    """Whether they were asked."""
    return Consent.objects.filter(channel="sms", purpose="marketing").exists()


@transaction.atomic
def ask(day: Day) -> None:
    """Let them say yes, the evening before, and those with notifications on a telephone of theirs."""
    users = accounts()
    for human in ACCOUNTS:
        channel = _WANT.get(human.first_name)
        person = Person.objects.filter(user=users.get(human.first_name)).first() if channel else None
        if channel is None or person is None or (channel == "push" and not is_allowed(HOST)):
            continue
        if not may(person_id=person.pk, channel=channel, purpose="marketing"):
            answer(
                person=person, channel=channel, purpose="marketing", state=Consent.State.GRANTED,
                language=human.language, source="web", at=day.at(-1, "19:10"),
            )  # fmt: skip
        if channel == "push" and not devices_of(person):
            subscribe(person=person, subscription=_telephone(human), device="Chrome, Android", language=human.language)


def _telephone(human: Human) -> Subscription:
    point = generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = human.email.encode().ljust(16, b"-")[:16]
    key, auth = (base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (point, secret))
    return Subscription(f"{SERVICE}/{human.first_name.lower()}", key, auth)
