"""Where the web server's processes listen, and what becomes of visitors when one of them is killed."""

import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import requests

from settings.demonstration.ports import first_free
from settings.web import Door, check_free

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals connections out")
PROCESSES = 2
VISITORS = 64
HOST = "127.0.0.1"

#: An application that says which process answers; each takes a while to come in, as ours does.
SERVER = """
import os, sys, time
import uvicorn
from settings.web import serve

async def application(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

if __name__ == "__main__":
    serve(uvicorn.Config("server:application", host="127.0.0.1", port=int(sys.argv[1]),
                         workers=2, lifespan="off", log_level="critical"), 2)
else:
    time.sleep(2)
"""


@pytest.fixture
def port():
    return first_free(8300)


@pytest.fixture
def sockets(port):
    opened = [pickle.loads(pickle.dumps(Door(HOST, port))) for _ in range(PROCESSES)]
    for one in opened:
        one.listen(VISITORS)
    yield opened
    for one in opened:
        one.close()


def test_connections_that_arrive_together_are_dealt_out(sockets, port):
    visitors = [socket.create_connection((HOST, port)) for _ in range(VISITORS)]
    taken = dict.fromkeys(sockets, 0)
    for _ in range(VISITORS):
        one, *_ = select.select(sockets, [], [], 5)[0]
        one.accept()[0].close()
        taken[one] += 1
    assert min(taken.values()) > VISITORS / 8, taken  # all at one: 1 in 2 ** 63
    for visitor in visitors:
        visitor.close()


def test_a_port_that_others_listen_on_is_refused_though_theirs_could_be_shared(sockets, port):
    with pytest.raises(SystemExit, match=f"Port {port} of {HOST} can't be listened on"):
        check_free(HOST, port)


@pytest.fixture
def server(port, tmp_path):
    (tmp_path / "server.py").write_text(SERVER)
    paths = os.pathsep.join([str(tmp_path), str(Path.cwd())])
    command = [sys.executable, "-m", "server", str(port)]
    running = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths})
    yield running
    running.terminate()
    running.wait(10)


def ask(port):
    """Which process answers a visitor; None: nobody, within the second that a visitor waits here."""
    try:
        return int(requests.get(f"http://{HOST}:{port}/", timeout=1).text)
    except requests.RequestException:
        return None


def all_that_answer(port):
    """Asked until there are as many as there should be."""
    who, until = set(), time.monotonic() + 60
    while len(who) < PROCESSES and time.monotonic() < until:
        who |= {ask(port)} - {None}
    return who


def holds_files(pid):
    """Whether one of its threads still runs: until the last is gone, so are its sockets not."""
    try:
        return [task.name for task in Path(f"/proc/{pid}/task").iterdir()] != [str(pid)] or (
            psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        )
    except (FileNotFoundError, psutil.NoSuchProcess):
        return False


def test_nobody_waits_at_the_door_of_a_process_that_was_killed(server, port):
    killed, _ = before = all_that_answer(port)
    os.kill(killed, signal.SIGKILL)
    while holds_files(killed):
        time.sleep(0.01)
    assert None not in {ask(port) for _ in range(VISITORS)}  # its replacement takes two seconds to come in
    assert len(all_that_answer(port) - before) == 1  # and then takes its share
