"""Providers over real HTTP, with faults; a note of the tests' own."""

import base64
import json
import threading

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.channels.webpush.subscribe import subscribe
from omni_sync.messages.channels.webpush.subscription import Subscription
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.stub.providers import Accounts
from omni_sync.messages.stub.server import Stub
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Identifier, Person

ACCOUNTS = Accounts(sid="AC1", token="twilio-secret", whatsapp="meta-token", phone_id="777", app_secret="app-secret")
PHONE = "+6281210000001"
NOTE = "{% load i18n %}{{ what }} is back\n\n{% translate 'Hello,' %} it is back.\nThere are {{ left }} left."
STOP = "https://shop.example/u/secret/"


@pytest.fixture(autouse=True)
def note(letters, tmp_path):
    folder = tmp_path / "lintas" / "notes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "test_news.txt").write_text(NOTE)


@pytest.fixture
def stub():
    made = Stub(port=0, accounts=ACCOUNTS)
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(autouse=True)
def accounts(settings, stub):
    """Every channel is open, and leads to the stub."""
    settings.LINTAS_TWILIO = {
        "account_sid": ACCOUNTS.sid, "auth_token": ACCOUNTS.token, "from": "+62215550100", "api_base": stub.address,
    }  # fmt: skip
    settings.LINTAS_WHATSAPP = {
        "token": ACCOUNTS.whatsapp, "phone_id": ACCOUNTS.phone_id, "app_secret": ACCOUNTS.app_secret,
        "verify_token": "shake", "api_base": f"{stub.address}/v23.0",
    }  # fmt: skip
    key = base64.urlsafe_b64encode(b"\x07" * 32).decode().rstrip("=")
    settings.LINTAS_VAPID = {"private_key": key, "subject": "mailto:shop@shop.example"}
    settings.LINTAS_WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.fixture
def sari(db):
    """Somebody with a proved number who agreed to everything."""
    person = Person.objects.create(name="Sari")
    Identifier.objects.create(
        person=person, kind="phone", value=PHONE, source="test", verified_at=timezone.now(), proof="code"
    )
    for channel in ("sms", "whatsapp", "push"):
        agreed(person, channel)
    return person


def agreed(person, channel, state=Consent.State.GRANTED):
    with transaction.atomic():
        answer(person=person, channel=channel, purpose="marketing", state=state, language="id", source="test")


def queued(person, channel, *, to=PHONE, purpose="service", key="news", language="en", **facts):
    told = {"what": "The bag", "left": 2, "link": "https://shop.example/bag/", **facts}
    if purpose == "marketing":
        told["stop"] = STOP
    return Message.objects.create(
        key=key, kind="test_news", channel=channel, purpose=purpose, person=person, to=to, language=language,
        data=sealed(told),
    )  # fmt: skip


def sent(person, channel, **fields):
    """The message after somebody tried to send it."""
    message = queued(person, channel, **fields)
    send_messages()
    message.refresh_from_db()
    return message


class Browser:
    """The other end of a notification: it has the key."""

    def __init__(self, stub, name="laptop"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = name.encode().ljust(16, b"!")[:16]
        self.endpoint = f"{stub.address}/push/{name}"
        self.name = name

    @property
    def subscription(self):
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(self.endpoint, *(base64.urlsafe_b64encode(one).decode() for one in (point, self.secret)))

    def of(self, person):
        with transaction.atomic():
            subscribe(person=person, subscription=self.subscription, device=self.name, language="en")
        return self

    def reads(self, request):
        import http_ece

        said = http_ece.decrypt(request.body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(said)
