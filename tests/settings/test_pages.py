"""Pages behind ASGI, through a real server process and real sockets."""

import asyncio
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import httpx
import pytest

from settings import pages
from settings.environment import ROOT

LARGE = 5 << 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("served")
    (place / "static").mkdir()
    (place / "static" / "large.bin").write_bytes(os.urandom(LARGE))
    (place / "large").write_bytes(os.urandom(LARGE))
    return place


@pytest.fixture(scope="module")
def port(folder) -> Iterator[int]:
    """Served by uvicorn in a process of its own, with two threads for pages."""
    environ = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings.served_settings", "SERVED_FOLDER": str(folder)}
    with socket.create_server(("127.0.0.1", 0), backlog=100) as door:
        command = ["uvicorn", "--fd", str(door.fileno()), "--no-server-header", "--log-level", "critical"]
        server = subprocess.Popen(
            [sys.executable, "-m", *command, "tests.settings.served:application"],
            cwd=ROOT, env=environ, pass_fds=[door.fileno()],
        )  # fmt: skip
        try:
            yield door.getsockname()[1]
        finally:
            server.terminate()
            assert server.wait(20) is not None


@pytest.fixture
def client(port) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as ours:
        yield ours


@pytest.mark.parametrize("size", [0, 1, 1 << 16, 6 << 20])
def test_a_body_arrives_whole(client, size):
    body = os.urandom(size)
    said = client.post("/echo/", content=body).json()
    assert (said["bytes"], said["sha"]) == (size, hashlib.sha256(body).hexdigest())


def test_a_body_that_comes_in_chunks_arrives_whole(client):
    parts = [os.urandom(100_000) for _ in range(30)]
    said = client.post("/echo/", content=iter(parts)).json()
    assert (said["bytes"], said["sha"]) == (3_000_000, hashlib.sha256(b"".join(parts)).hexdigest())
    assert said["meta"]["CONTENT_LENGTH"] == "3000000"


def test_a_file_larger_than_any_form_is_uploaded(client):
    assert client.post("/upload/", files={"picture": bytes(12 << 20)}).json() == {"picture": 12 << 20}


def test_a_body_beyond_every_measure_is_refused(client):
    def endless():
        while True:
            yield bytes(1 << 20)

    with suppress(httpx.WriteError):  # the server hung up on us, which says the same
        assert client.post("/echo/", content=endless()).status_code == 413
    assert client.get("/echo/").status_code == 200


def test_what_the_server_says_of_a_request(client):
    said = client.get("/caf%C3%A9/%2F/%FF?a=b%20c&d", headers={"X-One": "1", "X_Forwarded_Proto": "https"}).json()
    assert said["path"] == "/café///%FF"  # as Django has it of whatever is no UTF-8
    meta = said["meta"]
    assert meta["QUERY_STRING"] == "a=b%20c&d"
    assert meta["HTTP_X_ONE"] == "1"
    assert "HTTP_X_FORWARDED_PROTO" not in meta  # nobody passes for our proxy by an underscore
    assert meta["REMOTE_ADDR"] == "127.0.0.1"
    assert meta["SERVER_PROTOCOL"] == "HTTP/1.1"


def test_an_answer_to_head_has_the_length_and_no_body(client):
    whole, head = client.get("/cookies/"), client.head("/cookies/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == "2"
    assert client.head("/large/").headers["content-length"] == str(LARGE)
    assert client.get("/cookies/").status_code == 200  # on the same connection


def test_small_things(client):
    assert (client.get("/nothing/").status_code, client.get("/nothing/").content) == (204, b"")
    assert client.get("/cookies/").headers.get_list("set-cookie") == ["one=1; Path=/", "two=2; Path=/"]
    assert client.get("/failure/").status_code == 500
    assert client.get("/cookies/").status_code == 200


@pytest.mark.parametrize("address", ["/large/", "/static/large.bin"])
def test_a_large_file_arrives_whole(client, folder, address):
    kept = folder / address.removeprefix("/").removesuffix("/")
    answer = client.get(address)
    assert answer.content == kept.read_bytes()
    assert answer.headers["content-length"] == str(LARGE)


def test_part_of_a_file_may_be_asked_for(client, folder):
    answer = client.get("/static/large.bin", headers={"Range": "bytes=1000000-1999999"})
    assert answer.status_code == 206
    assert answer.content == (folder / "static" / "large.bin").read_bytes()[1_000_000:2_000_000]


def test_threads_and_their_database_connections_stay(client):
    def ask(_: int) -> tuple[int, int]:
        said = client.get("/backend/").json()
        return said["pid"], said["thread"]

    with ThreadPoolExecutor(8) as crowd:
        first = set(crowd.map(ask, range(40)))
        then = set(crowd.map(ask, range(40)))
    assert 1 <= len(first) <= 2  # threads, each with its one connection
    assert then <= first or len(then | first) <= 2


def slow(port: int, request: bytes, *, receive: int = 4096) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    line.connect(("127.0.0.1", port))
    line.sendall(request)
    return line


def test_slow_uploads_and_slow_downloads_keep_no_thread(port, client):
    up = b"POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly the beginning"
    down = b"GET /large/ HTTP/1.1\r\nHost: x\r\n\r\n"
    lines = [slow(port, up) for _ in range(6)] + [slow(port, down) for _ in range(6)]
    try:
        for _ in range(20):
            assert client.get("/cookies/").status_code == 200
    finally:
        for line in lines:
            line.close()
    assert client.get("/cookies/").status_code == 200


def test_a_stream_stays_in_its_thread_and_is_closed_there_when_nobody_reads(port, client, folder, eventually):
    with client.stream("GET", "/drops/") as answer:
        blocks = answer.iter_bytes()
        threads = {line for _ in range(20) for line in next(blocks).split(b"\n")[1:-1]}
    assert len(threads) == 1
    eventually((folder / "closed").exists)
    time.sleep(0.05)
    assert (folder / "closed").read_text().encode() in threads


def test_when_too_many_wait_the_next_is_sent_away_at_once(monkeypatch):
    monkeypatch.setattr(pages, "MOST_WAITING", 0)
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    asyncio.run(pages.Pages(None, threads=1)({"type": "http"}, None, send))
    assert sent[0]["status"] == 503
    assert (b"retry-after", b"1") in sent[0]["headers"]


def test_a_stream_that_breaks_is_not_taken_for_a_whole_one(client):
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/broken/")
    assert client.get("/cookies/").status_code == 200


def test_who_hangs_up_in_the_middle_of_a_body_leaves_nothing_behind(port, client):
    for _ in range(5):
        with closing(slow(port, b"POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")):
            pass
    assert client.get("/cookies/").status_code == 200
