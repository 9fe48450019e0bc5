import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from settings.embedded.attach import attach
from settings.environment import ROOT

OURS = ("DATABASE_URL", "REDIS_URL", "LINTAS_DATA", "LINTAS_TEST_RUN", "LINTAS_TEST_EMBEDDED", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def bare_environ() -> dict[str, str]:
    """The environment of somebody who has set nothing."""
    return {name: value for name, value in os.environ.items() if name not in OURS}


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    """A data folder with a space in its path, and nothing running in it afterwards."""
    place = tmp_path / "the data"
    # Root's engines run as nobody, who must reach the socket's folder.
    for above in tmp_path.parents:
        if above.stat().st_uid == os.geteuid() and above.name.startswith("pytest-"):
            above.chmod(0o711)
    tmp_path.chmod(0o711)
    yield place
    for process in processes_of(place):
        with contextlib.suppress(psutil.NoSuchProcess):  # it may end by itself just now
            process.kill()


def processes_of(folder: Path) -> list[psutil.Process]:
    """Everything that runs with this folder on its command line, or works in it; what merely waits to be buried not."""
    found = []
    for process in psutil.process_iter(["cmdline", "cwd", "status"]):
        said = " ".join(process.info["cmdline"] or [])
        inside = str(process.info["cwd"] or "").startswith(str(folder))
        if (str(folder) in said or inside) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


@pytest.fixture
def eventually() -> Callable[[Callable[[], object]], None]:
    """Wait until something is so; fail when it never is."""

    def wait(happens: Callable[[], object], seconds: float = 60) -> None:
        for _ in range(int(seconds * 50)):
            if happens():
                return
            time.sleep(0.02)
        pytest.fail(f"it did not happen within {seconds} s")

    return wait


@pytest.fixture
def someone_else(folder, bare_environ) -> Iterator[Callable[[], "subprocess.Popen[str]"]]:
    """Another process that uses the folder's engines until it is killed."""
    script = (
        "import sys; from pathlib import Path; from settings.embedded.attach import attach\n"
        "attach(Path(sys.argv[1])); print('here', flush=True); sys.stdin.read()"
    )
    started: list[subprocess.Popen[str]] = []

    def start() -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)],
            cwd=ROOT, env=bare_environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def engines(folder):
    running = attach(folder)
    yield running
    running.leave()
