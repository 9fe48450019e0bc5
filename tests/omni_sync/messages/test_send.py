"""A message goes out once, in its reader's language, and what fails is tried again or ends."""

from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.drain import forget_messages, send_messages
from omni_sync.messages.models import Message
from omni_sync.messages.say import say
from omni_sync.messages.settle import PAUSES
from omni_sync.transactions import OutsideTransaction
from tests.omni_sync.messages.conftest import the_message, told

pytestmark = pytest.mark.django_db
LINK = "https://shop.example/collect/secret/"


@pytest.fixture
def server(settings, monkeypatch):
    """A mail server that can be told what to answer: an exception for each try, in order."""
    answers = []

    def answer(self, letters):
        if answers:
            failure = answers.pop(0)
            if failure is not None:
                raise failure
        return taken(self, letters)

    taken = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    return answers


def refused(code):
    return SMTPRecipientsRefused({"sari@example.com": (code, b"no")})


def now_is_later():
    Message.objects.update(next_try_at=timezone.now())


def test_a_letter_has_both_bodies_and_the_shop_in_it(settings):
    told(link=LINK)
    assert send_messages() == (1, True)
    (letter,) = mail.outbox
    assert letter.to == ["sari@example.com"]
    assert letter.subject == "News of a <bag> & a hat"
    assert f"Hello, a <bag> & a hat, {LINK}" in letter.body
    assert settings.OSCAR_SHOP_NAME in letter.body
    (html, kind), *_ = letter.alternatives
    assert kind == "text/html"
    assert "<b>a &lt;bag&gt; &amp; a hat</b>" in html
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_letter_is_in_its_readers_language():
    told(language="id")
    send_messages()
    assert "Halo, a <bag>" in mail.outbox[0].body
    (html, _), *_ = mail.outbox[0].alternatives
    assert '<html lang="id">' in html


def test_a_language_nobody_has_is_the_shops_own():
    told(language="xx")
    send_messages()
    assert "Hello," in mail.outbox[0].body


def test_the_same_key_is_said_once():
    assert told() is True
    assert told(to="other@example.com", what="other news") is False
    send_messages()
    assert told() is False
    assert send_messages() == (0, True)
    assert [letter.to for letter in mail.outbox] == [["sari@example.com"]]


def test_nothing_is_said_of_what_was_rolled_back():
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    assert send_messages() == (0, True)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_saying_needs_a_transaction():
    with pytest.raises(OutsideTransaction):
        say(key="k", kind="test_news", to="sari@example.com", language="en", data={})


def test_what_a_letter_is_made_of_is_sealed():
    told(link=LINK)
    assert b"secret" not in bytes(the_message().data)
    assert the_message().facts["link"] == LINK


def test_a_server_that_is_away_is_asked_again(server):
    server += [ConnectionRefusedError(), SMTPServerDisconnected(), SMTPAuthenticationError(535, b"who?"), refused(450)]
    told()
    for tries in range(1, 5):
        assert send_messages() == (0, True)
        message = the_message()
        assert (message.state, message.tries) == ("waiting", tries)
        pause = (message.next_try_at - timezone.now()) / PAUSES[tries - 1]
        assert 0.7 < pause < 1.3
        assert message.failure
        now_is_later()
    assert send_messages() == (1, True)
    assert (the_message().state, the_message().failure) == ("sent", "")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("answer", [refused(550), SMTPDataError(554, b"no")])
def test_an_address_that_is_refused_for_good_is_not_asked_again(server, answer):
    server.append(answer)
    told()
    assert send_messages() == (0, True)
    message = the_message()
    assert (message.state, message.sent_at) == ("failed", None)
    assert "5" in message.failure
    assert "sari" not in message.failure
    now_is_later()
    assert send_messages() == (0, True)


def test_an_address_that_is_a_header_is_refused():
    told(to="sari@example.com\nBcc: all@example.com")
    send_messages()
    assert the_message().state == "failed"


def test_news_that_is_old_is_not_told_any_more(server):
    server += [ConnectionRefusedError()] * (len(PAUSES) + 1)
    told()
    for _ in range(len(PAUSES) + 1):
        send_messages()
        now_is_later()
    assert the_message().state == "failed"
    assert server == []


def test_a_letter_that_cannot_be_written_hinders_no_other():
    told(key="broken", kind="no_such_letter")
    told(key="whole")
    assert send_messages() == (1, True)
    assert Message.objects.get(key="broken").state == "waiting"


def test_a_worker_that_died_leaves_its_message_to_another(monkeypatch):
    told()

    def die(channel, parcel):
        raise SystemExit

    monkeypatch.setattr(Email, "send", die)
    with pytest.raises(SystemExit):
        send_messages()
    monkeypatch.undo()
    assert send_messages() == (0, True)
    Message.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert send_messages() == (1, True)
    assert the_message().tries == 2


def test_a_letter_bears_the_same_number_however_often_it_is_sent():
    told()
    send_messages()
    Message.objects.update(state="waiting", sent_at=None)
    now_is_later()
    send_messages()
    numbers = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert len(mail.outbox) == 2
    assert len(numbers) == 1
    assert "@shop.example>" in numbers.pop()


def test_old_messages_forget_whom_they_went_to(settings):
    settings.LINTAS_MESSAGE_DAYS = 7
    for key in ("old", "new", "waiting"):
        told(key=key)
    send_messages()
    Message.objects.filter(key="waiting").update(state="waiting", sent_at=None)
    Message.objects.exclude(key="new").update(said_at=timezone.now() - timedelta(days=8))
    assert forget_messages() == 1
    old = Message.objects.get(key="old")
    assert (old.to, old.data, old.facts) == ("", None, None)
    assert Message.objects.exclude(to="").count() == 2
    assert told(key="old") is False
    assert forget_messages() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "sent"},
        {"state": "failed"},
        {"to": ""},
        {"data": None},
        {"sent_at": timezone.now()},
    ],
)
def test_the_table_refuses_what_cannot_be(wrong):
    told()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**wrong)


def test_what_is_no_json_cannot_be_said():
    with pytest.raises(TypeError):
        told(at=timezone.now())
