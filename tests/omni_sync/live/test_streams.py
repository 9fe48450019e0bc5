"""The ASGI application itself, with readers that are as slow as a test wants them."""

import asyncio
import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from omni_sync.live import hub as hubs
from omni_sync.live import streams, token
from omni_sync.live.open_streams import total
from omni_sync.live.publish import publish
from omni_sync.live.streams import Streams, with_streams
from omni_sync.live.token import issue


class Reader:
    """A browser at the other end: it takes what is sent while it is ``awake``."""

    def __init__(self, application, query: str = "", method: str = "GET") -> None:
        self.scope = {"type": "http", "method": method, "path": "/live/", "query_string": query.encode()}
        self.application = application
        self.events: asyncio.Queue = asyncio.Queue()
        self.awake = asyncio.Event()
        self.awake.set()
        self.left = asyncio.Event()
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""
        self.is_over = False
        self.task: asyncio.Task

    async def __aenter__(self) -> "Reader":
        self.task = asyncio.create_task(self.application(self.scope, self.receive, self.send))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.left.set()
        await asyncio.wait_for(self.task, 5)

    async def receive(self) -> dict:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        await self.awake.wait()
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        self.body += message["body"]
        self.is_over = not message["more_body"]
        for block in message["body"].decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if line)
            if "event" in lines:
                self.events.put_nowait((lines["event"], json.loads(lines["data"])))
            elif "" in lines:
                self.events.put_nowait(("beat", lines[""]))

    async def hears(self) -> tuple[str, object]:
        return await asyncio.wait_for(self.events.get(), 5)

    def hears_nothing(self) -> bool:
        return self.events.empty()


def follow(*topics: str) -> str:
    return f"t={quote(issue(topics))}"


@pytest.fixture
def alone(settings):
    """No Redis: what is heard on the channel is put into the hub by the test."""
    settings.LINTAS_LIVE_URL, settings.REDIS_URL = None, None


def say(application: Streams, *topics: str) -> None:
    application.hub.hear({"type": "message", "data": json.dumps({"topics": topics})})


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_reader_looks_first_and_then_hears_of_its_own_topics(alone):
    async def story():
        application = Streams()
        async with Reader(application, follow("stock-1", "stock-2")) as reader:
            assert await reader.hears() == ("refresh", {})
            say(application, "stock-9")
            say(application, "stock-2")
            assert await reader.hears() == ("changed", ["stock-2"])
            assert reader.status == 200
            assert reader.headers[b"content-type"].startswith(b"text/event-stream")
            assert reader.headers[b"cache-control"] == b"no-store"
            assert reader.headers[b"x-accel-buffering"] == b"no"
            assert reader.body.startswith(b"retry: ")
        assert not application.hub.streams
        assert not application.hub.followers

    asyncio.run(story())


def test_one_stream_follows_all_parts_of_a_page(alone):
    async def story():
        application = Streams()
        async with Reader(application, f"{follow('stock-1')}&{follow('stock-2')}") as reader:
            await reader.hears()
            say(application, "stock-2", "stock-1")
            assert await reader.hears() == ("changed", ["stock-1", "stock-2"])

    asyncio.run(story())


@pytest.mark.parametrize("heard", [{"type": "subscribe"}, {"type": "message", "data": '{"everything": true}'}])
def test_everybody_looks_again_when_something_may_have_been_missed(alone, heard):
    async def story():
        application = Streams()
        async with Reader(application, follow("stock-1")) as reader:
            await reader.hears()
            application.hub.hear(heard)
            assert await reader.hears() == ("refresh", {})

    asyncio.run(story())


@pytest.mark.parametrize(
    ("query", "method", "status"),
    [("", "GET", 403), ("t=stock-1", "GET", 403), ("t=", "GET", 403), ("", "POST", 405), ("", "HEAD", 405)],
)
def test_who_may_not_is_told_so_at_once(alone, query, method, status):
    async def story():
        async with Reader(Streams(), query, method) as reader:
            await asyncio.wait_for(reader.task, 5)
            assert reader.status == status
            assert reader.headers[b"content-type"] == b"application/problem+json"
            assert json.loads(reader.body)["status"] == status
            assert reader.is_over

    asyncio.run(story())


def test_one_bad_token_spoils_a_stream(alone):
    async def story():
        async with Reader(Streams(), f"{follow('stock-1')}&t=bad") as reader:
            await asyncio.wait_for(reader.task, 5)
            assert reader.status == 403

    asyncio.run(story())


def test_no_more_streams_than_a_process_can_bear(alone):
    async def story():
        application = Streams(most=1)
        async with Reader(application, follow("stock-1")) as first:
            await first.hears()
            async with Reader(application, follow("stock-1")) as second:
                await asyncio.wait_for(second.task, 5)
                assert second.status == 503
                assert int(second.headers[b"retry-after"]) > 0
        async with Reader(application, follow("stock-1")) as third:
            assert await third.hears() == ("refresh", {})

    asyncio.run(story())


def test_a_slow_reader_costs_its_topics_and_no_more(alone):
    async def story():
        application = Streams()
        slow = Reader(application, follow("stock-1", "stock-2"))
        async with slow, Reader(application, follow("stock-1")) as quick:
            await slow.hears()
            await quick.hears()
            slow.awake.clear()
            for _ in range(5000):
                say(application, "stock-1", "stock-2")
                await asyncio.sleep(0)
            assert max(len(stream.changed) for stream in application.hub.streams) <= 2
            assert await quick.hears() == ("changed", ["stock-1"])
            slow.awake.set()
            heard = [await slow.hears(), await slow.hears()]  # the one that was stuck, and one for all the others
            assert heard[-1] == ("changed", ["stock-1", "stock-2"])
            await settled()
            assert slow.hears_nothing()

    asyncio.run(story())


def test_a_reader_who_takes_nothing_is_let_go_and_nobody_else_waits(alone, monkeypatch):
    monkeypatch.setattr(streams, "STUCK", 0.05)

    async def story():
        application = Streams()
        stuck = Reader(application, follow("stock-1"))
        async with stuck, Reader(application, follow("stock-1")) as other:
            await stuck.hears()
            await other.hears()
            stuck.awake.clear()
            say(application, "stock-1")
            assert await other.hears() == ("changed", ["stock-1"])
            await asyncio.wait_for(stuck.task, 5)
            assert len(application.hub.streams) == 1
            say(application, "stock-1")
            assert await other.hears() == ("changed", ["stock-1"])

    asyncio.run(story())


def test_who_hangs_up_is_forgotten(alone):
    async def story():
        application = Streams()
        async with Reader(application, follow("stock-1")) as reader:
            await reader.hears()
            assert len(application.hub.streams) == 1
            reader.left.set()
            await asyncio.wait_for(reader.task, 5)
            assert not application.hub.streams

    asyncio.run(story())


def test_a_quiet_stream_has_a_heartbeat(alone, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.01)

    async def story():
        async with Reader(Streams(), follow("stock-1")) as reader:
            assert await reader.hears() == ("refresh", {})
            assert (await reader.hears())[0] == "beat"
            assert (await reader.hears())[0] == "beat"

    asyncio.run(story())


def test_when_its_token_is_over_a_stream_says_so_and_ends(alone, monkeypatch):
    monkeypatch.setattr(token, "SHORTEST", timedelta(seconds=1.5))
    monkeypatch.setattr(token, "LONGEST", timedelta(seconds=1.5))
    query = f"{follow('stock-1')}"
    monkeypatch.undo()
    query += f"&{follow('stock-2')}"  # the first that is over counts

    async def story():
        application = Streams()
        async with Reader(application, query) as reader:
            assert await reader.hears() == ("refresh", {})
            assert await reader.hears() == ("expired", {})
            await asyncio.wait_for(reader.task, 5)
            assert reader.is_over

    asyncio.run(story())


def test_other_addresses_are_somebody_elses():
    async def pages(scope, receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def story():
        reader = Reader(with_streams(pages))
        for path in ("/", "/live", "/live/x", "/id/live/"):
            reader.scope["path"] = path
            await reader.application(reader.scope, reader.receive, reader.send)
            assert reader.status == 418

    asyncio.run(story())


async def started(application) -> asyncio.Queue:
    """The server's own conversation with the application."""
    said: asyncio.Queue = asyncio.Queue()
    heard: asyncio.Queue = asyncio.Queue()
    await said.put({"type": "lifespan.startup"})
    asyncio.ensure_future(application({"type": "lifespan"}, said.get, heard.put))  # noqa: RUF006
    assert await heard.get() == {"type": "lifespan.startup.complete"}

    async def end() -> None:
        await said.put({"type": "lifespan.shutdown"})
        assert await heard.get() == {"type": "lifespan.shutdown.complete"}

    return end


@pytest.mark.django_db(transaction=True)
def test_what_one_process_publishes_another_streams(monkeypatch, clean_cache):
    monkeypatch.setattr(hubs, "HEARTBEAT", 0.02)

    async def story():
        application = with_streams(None)
        end = await started(application)
        async with Reader(application, follow("stock-1")) as reader:
            assert await reader.hears() == ("refresh", {})
            publish(["stock-1"])
            heard = await reader.hears()
            while heard == ("refresh", {}):  # the subscription was a moment later
                publish(["stock-1"])
                heard = await reader.hears()
            assert heard == ("changed", ["stock-1"])
            while await asyncio.to_thread(total) != 1:
                await asyncio.sleep(0.01)
            await end()
            await asyncio.wait_for(reader.task, 5)
            assert reader.is_over

    asyncio.run(asyncio.wait_for(story(), 30))


def test_who_did_not_hear_that_it_is_over_is_told_again(monkeypatch):
    begun, unheard = asyncio.Event(), []

    async def deaf_once(count: int) -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            if unheard:
                raise
            unheard.append(count)

    monkeypatch.setattr(hubs, "note", deaf_once)
    monkeypatch.setattr(hubs, "AGAIN", 0.01)

    async def story():
        hub = hubs.Hub()
        hub.begin()
        await begun.wait()
        await hub.end()

    asyncio.run(asyncio.wait_for(story(), 30))
    assert unheard == [0]


def test_nobody_can_say_how_many_streams_there_are_without_the_server(settings):
    settings.LINTAS_LIVE_URL = "redis://127.0.0.1:1/0"
    assert total() is None
    settings.LINTAS_LIVE_URL, settings.REDIS_URL = None, None
    assert total() is None
