"""Said to the real Valkey by the thread of this process."""

import os
import socket
import threading
from contextlib import closing

import pytest
import structlog

from omni_sync.live import publish as publishing
from omni_sync.live.publish import MOST, Publisher, publish


@pytest.fixture
def publisher(monkeypatch, transactional_db):
    ours = Publisher()
    monkeypatch.setattr(publishing, "_publisher", ours)
    yield ours
    ours.end()


@pytest.fixture
def nobody():
    """An address where nobody listens, for as long as the test runs."""
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{unused.getsockname()[1]}/0"


def everything_of(heard) -> list[str]:
    """All topics up to the one that ends them."""
    found: list[str] = []
    while "the end" not in found:
        found += heard()["topics"]
    return found


def test_what_changed_is_said_on_the_shops_channel(publisher, heard):
    publish(["stock-7", "stock-8"])
    assert heard() == {"topics": ["stock-7", "stock-8"]}


def test_what_waits_is_said_once(publisher, heard, monkeypatch):
    gate = threading.Event()
    taken = publisher._take
    monkeypatch.setattr(publisher, "_take", lambda: gate.wait() and taken())
    for _ in range(1000):
        publish(["stock-7", "stock-8"])
    publish(["the end"])
    gate.set()
    assert everything_of(heard) == ["stock-7", "stock-8", "the end"]


def test_many_topics_go_in_several_messages(publisher, heard):
    many = [f"stock-{n}" for n in range(1200)]
    publish([*many, "the end"])
    assert everything_of(heard) == [*many, "the end"]


def test_too_much_becomes_everything(publisher, heard):
    publish(f"stock-{n}" for n in range(MOST + 1))
    assert heard() == {"everything": True}


def test_without_the_server_nobody_waits_and_afterwards_everybody_looks_again(publisher, heard, settings, nobody):
    there = settings.REDIS_URL
    settings.LINTAS_LIVE_URL = nobody
    with structlog.testing.capture_logs() as lines:
        for number in range(100):
            publish([f"stock-{number}"])
        failed = threading.Event()
        note = publisher._note
        publisher._note = lambda failure: (note(failure), failed.set() if failure else None)
        publish(["stock-1"])
        assert failed.wait(10)
        settings.LINTAS_LIVE_URL = there
        assert heard(10) == {"everything": True}
    gone = [line["event"] for line in lines if line["event"].startswith("live updates")]
    assert gone[0] == "live updates are not published"
    assert len(gone) <= 2  # once when it goes, once when it is back: not for every message


def test_where_nothing_is_configured_nothing_is_begun(publisher, settings):
    settings.LINTAS_LIVE_URL, settings.REDIS_URL = None, None
    publish(["stock-7"])
    assert publisher._thread is None


def test_a_forked_process_has_a_thread_of_its_own(publisher, heard):
    publish(["stock-7"])
    assert heard() == {"topics": ["stock-7"]}
    child = os.fork()
    if not child:  # what a worker of Celery is
        publish(["stock-8"])
        publishing._end()
        os._exit(0)
    assert heard() == {"topics": ["stock-8"]}
    os.waitpid(child, 0)


def test_the_last_word_is_said_when_a_process_ends(publisher, heard):
    publish(["stock-7"])
    publisher.end()
    assert heard() == {"topics": ["stock-7"]}
    assert not publisher._thread.is_alive()


def test_a_process_ends_although_nobody_listens(publisher, settings, nobody):
    settings.LINTAS_LIVE_URL = nobody
    publish(["stock-7"])
    publisher.end()
    publisher._thread.join(10)
    assert not publisher._thread.is_alive()
