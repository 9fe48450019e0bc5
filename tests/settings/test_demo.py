"""``manage.py demo`` as somebody runs it: in a folder with a space, the port taken, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.request import urlopen

import psycopg
import pytest

from settings.embedded.place import STATE, Place
from settings.environment import ROOT
from tests.settings.conftest import processes_of


class Demo:
    """A running demo and what it printed until it was ready."""

    def __init__(self, folder, environ, *options):
        command = [sys.executable, "-u", "manage.py", "demo", "--data", str(folder), "--no-browser", *options]
        self.folder = folder
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said = []

    def until_ready(self):
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("LINTAS READY "):
                return line.split()[-1]
        pytest.fail("\n".join(self.said))

    def end(self, number):
        self.process.send_signal(number)
        self.process.stdout.read()
        return self.process.wait(60)

    def ask(self, query):
        with psycopg.connect(Place(self.folder).read(STATE)["database_url"]) as connection:
            return connection.execute(query).fetchone()[0]


@pytest.fixture
def demo(folder, bare_environ) -> Iterator[object]:
    started = []

    def start(*options):
        started.append(Demo(folder, bare_environ, *options))
        return started[-1]

    yield start
    for running in started:
        running.process.kill()
        running.process.stdout.close()
        running.process.wait()


@pytest.mark.long
@pytest.mark.timeout(600)
def test_demo_from_nothing_to_ready_killed_and_back_with_its_data(demo, folder, eventually):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        first = demo("--port", str(port))
        address = first.until_ready()
    assert f"port {port} is taken, using {address.rsplit(':', 1)[1]}" in first.said
    with urlopen(f"{address}/readyz") as answer:
        assert answer.status == 200
    with urlopen(f"{address}/") as answer:
        assert answer.status == 200
    movements = first.ask("SELECT count(*) FROM omni_sync_movement")

    os.kill(first.process.pid, signal.SIGKILL)
    eventually(lambda: processes_of(folder) == [])

    second = demo("--port", str(port))
    assert second.until_ready() == f"http://localhost:{port}"
    assert second.ask("SELECT count(*) FROM omni_sync_movement") == movements
    assert second.end(signal.SIGINT) == 0
    assert processes_of(folder) == []


def test_a_command_beside_no_demo_starts_and_stops_the_engines(folder, bare_environ):
    done = subprocess.run(
        [sys.executable, "manage.py", "audit_stock"],
        cwd=ROOT, env={**bare_environ, "LINTAS_DATA": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"violations": []' in done.stdout
    assert processes_of(folder) == []


def test_reset_is_refused_while_somebody_uses_the_data(someone_else, folder, bare_environ):
    someone_else()
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", "--data", str(folder), "--reset"],
        cwd=ROOT, env=bare_environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip().endswith("is in use; stop the demo that runs there first.")
