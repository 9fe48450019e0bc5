"""Out to a provider, and back from it, over real HTTP both ways."""

import pytest

from omni_sync.messages.models import Message
from omni_sync.messages.stub import tell
from tests.omni_sync.messages.channels.conftest import ACCOUNTS, PHONE, sent
from tests.stress.crowd import eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_became_of_messages_comes_back(live_server, settings, sari, stub):
    settings.BASE_URL = live_server.url
    stub.tell = tell.Teller(ACCOUNTS, meta=f"{live_server.url}/messages/whatsapp/", after=0)
    for channel in ("sms", "whatsapp"):
        assert sent(sari, channel, key=channel).state == "sent"
    eventually(lambda: set(Message.objects.values_list("status", flat=True)) == {"delivered", "read"}, seconds=60)
    forged = tell.whatsapp(
        tell.Accounts("AC1", "t", "t", "777", "guessed"), stub.tell.meta, "wamid.x", PHONE, "failed", code=131026
    )
    assert forged.post() == 403
