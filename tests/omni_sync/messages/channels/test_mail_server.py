"""A mail server that can't be reached has taken nothing."""

import smtplib
import socket
import threading

import pytest

from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.exceptions import Retry, Unheard
from omni_sync.messages.letters import Letter

PARCEL = Parcel("n", "a@example.com", Letter("s", "t", "<p>t</p>"), "k", "en", True, "", "shop.example")


@pytest.fixture(autouse=True)
def by_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 10


@pytest.mark.parametrize("failure", [socket.gaierror(-2, "no such name"), TimeoutError("timed out"), OSError(113, "")])
def test_whoever_cannot_be_reached_is_asked_again(monkeypatch, failure):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr(smtplib.socket, "create_connection", fail)
    with pytest.raises(Retry):
        Email().send(PARCEL)


def answering(settings, *lines):
    """A mail server that says these lines, each after one of ours but the first, and hangs up."""
    door = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_PORT = door.getsockname()[1]

    def serve():
        with door, door.accept()[0] as caller, caller.makefile("rb") as said:
            for number, line in enumerate(lines):
                if number:
                    said.readline()
                caller.sendall(line)
            said.readline()

    threading.Thread(target=serve, daemon=True).start()


def hangs_up(settings):
    door = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_PORT = door.getsockname()[1]

    def serve():
        with door:
            door.accept()[0].close()

    threading.Thread(target=serve, daemon=True).start()


def test_a_line_that_ends_before_the_greeting_took_nothing(settings):
    hangs_up(settings)
    with pytest.raises(Retry):
        Email().send(PARCEL)


def test_a_server_that_is_closed_took_nothing(settings):
    answering(settings, b"554 no service\r\n")
    with pytest.raises(Retry):
        Email().send(PARCEL)


def test_a_line_that_ends_in_the_letter_leaves_it_in_doubt(settings):
    answering(settings, b"220 hello\r\n", b"250 hello\r\n", b"250 fine\r\n", b"250 fine\r\n", b"354 go on\r\n")
    with pytest.raises(Unheard):
        Email().send(PARCEL)
