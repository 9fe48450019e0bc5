"""The processes of the demo: web, worker, beat; a bank where the money is none, a post office that brings nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from settings.demonstration.bank import Bank
from settings.demonstration.post import PostOffice
from settings.environment import ROOT

RESTARTS, WITHIN_SECONDS = 5, 60
LATER = ("beat", "simulator")  # not needed to be ready


class CrewError(Exception):
    """A process does not stay up; the text is one line."""


@dataclass
class Member:
    """One process, tied to us by a pipe: it ends when we do, however we end."""

    name: str
    command: Sequence[str]
    log: Path
    environ: Mapping[str, str]
    keeps_open: Sequence[int] = ()
    may_wait: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts = [*(then for then in self.starts if time.monotonic() - then < WITHIN_SECONDS), time.monotonic()]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "settings.tether", *self.command],
                cwd=ROOT,
                env=dict(self.environ),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self.keeps_open,
            )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def start_again(self) -> None:
        """After a crash; not for ever."""
        if len(self.starts) > RESTARTS:
            raise CrewError(f"{self.name} does not stay up, see {self.log}")
        self.start()

    def let_go(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def wait(self) -> None:
        if self.process is not None:
            self.process.wait()


class Crew:
    """All members together."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members

    def __enter__(self) -> "Crew":
        for member in self.members:
            member.log.write_bytes(b"")
            if not member.may_wait:
                member.start()
        return self

    def complete(self) -> None:
        """Start those who were not needed at first."""
        for member in self.members:
            if member.process is None:
                member.start()

    def __exit__(self, *_: object) -> None:
        for member in self.members:
            member.let_go()
        for member in self.members:
            member.wait()

    def check(self) -> None:
        """Start again who crashed; CrewError for one who does so all the time."""
        for member in self.members:
            if member.has_ended():
                member.start_again()


def commands(*, port: int, data: Path, simulator: bool = False) -> dict[str, list[str]]:
    """A web server of two processes with four threads each, a worker of two processes, the clock; and tills."""
    python = [sys.executable, "-m"]
    celery = ["celery", "--app", "settings.celery", "--quiet"]
    worker = ["worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "warning"]
    beat = ["beat", "--schedule", str(data / "beat-schedule"), "--pidfile", "", "--loglevel", "warning"]
    return {
        "web": [*python, "settings.web", "--host", "127.0.0.1", "--port", str(port)],
        "worker": [*python, *celery, *worker],
        "beat": [*python, *celery, *beat],
        **({"simulator": [sys.executable, "manage.py", "simulator", "run"]} if simulator else {}),
    }


def assemble(
    *,
    port: int,
    data: Path,
    keeps_open: Sequence[int],
    simulator: bool = False,
    bank: Bank | None = None,
    post: PostOffice | None = None,
) -> Crew:
    """The members, not started yet; ``keeps_open`` are locks that must outlive us while they run."""
    environ = {**os.environ, "LINTAS_DATA": str(data), "BASE_URL": f"http://localhost:{port}"}
    environ |= bank.environ if bank else {}
    environ |= post.environ if post else {}
    beside = {"bank": bank.command(data)} if bank else {}
    beside |= {"post": post.command()} if post else {}
    logs = data / "log"
    logs.mkdir(parents=True, exist_ok=True)
    return Crew(
        [
            Member(name, command, logs / f"{name}.log", environ, keeps_open, may_wait=name in LATER)
            for name, command in (beside | commands(port=port, data=data, simulator=simulator)).items()
        ]
    )
