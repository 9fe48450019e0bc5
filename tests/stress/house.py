"""A shop of real processes on engines of its own: to be killed."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import psycopg
from psycopg import sql

from settings.demonstration.crew import commands
from settings.demonstration.ports import first_free
from settings.embedded.account import last_words
from settings.embedded.attach import Engines, attach
from settings.environment import ROOT
from tests.stress.crowd import eventually

OURS = ("DATABASE_URL", "REDIS_URL", "LINTAS_DATA", "LINTAS_TEST_RUN", "LINTAS_TEST_EMBEDDED", "DJANGO_SETTINGS_MODULE")
PORT = 8600
PATIENCE = 180  # seconds: recovery and the start of a shop take their time on a machine that does other things


def kill(process: psutil.Process) -> None:
    """kill -9 it and all it started."""
    with suppress(psutil.NoSuchProcess):
        family = [*process.children(recursive=True), process]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(family, timeout=20)


@dataclass
class House:
    """Engines in a folder, and databases in them that are copies of one."""

    folder: Path
    engines: Engines
    environ: Mapping[str, str]
    made: int = 0
    shops: list["Shop"] = field(default_factory=list)

    @classmethod
    def built(cls, folder: Path) -> "House":
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        settings = {"DJANGO_SETTINGS_MODULE": "settings.demo", "LINTAS_DATA": str(folder), "LOG_LEVEL": "WARNING"}
        house = cls(folder, attach(folder), {**environ, **settings})
        house.original.manage("audit_stock")  # any command brings the schema up to date
        return house

    @property
    def original(self) -> "Shop":
        return Shop(self, "lintas")

    def shop(self) -> "Shop":
        """A copy of the original, to do with as one likes."""
        self.made += 1
        name = f"shop_{self.made}"
        with psycopg.connect(self.engines.database_url.replace("/lintas?", "/postgres?"), autocommit=True) as door:
            eventually(lambda: not _guests(door), seconds=PATIENCE)
            door.execute(sql.SQL("CREATE DATABASE {} TEMPLATE lintas").format(sql.Identifier(name)))
        self.shops.append(Shop(self, name))
        return self.shops[-1]

    def process(self, engine: str) -> psutil.Process:
        return psutil.Process(self.engines.pid(engine))

    def kill_engine(self, engine: str) -> None:
        """kill -9; it is started again by whoever watches over it, as after any crash."""
        process = self.process(engine)
        kill(process)
        try:
            eventually(lambda: self._is_back(engine, process.pid), seconds=PATIENCE)
        except AssertionError as failure:
            failure.add_note(self.last_words("keeper", engine))
            raise

    def last_words(self, *logs: str) -> str:
        """What these processes wrote last."""
        return "\n".join(f"{name}: {last_words(self.engines.place.log(name), 40)}" for name in logs)

    def _is_back(self, engine: str, before: int) -> bool:
        with suppress(KeyError):  # the keeper is writing it down
            return self.engines.pid(engine) != before
        return False

    def left(self) -> None:
        for shop in self.shops:
            shop.close()
        self.engines.leave()


def _guests(door: psycopg.Connection) -> bool:
    return bool(door.execute("SELECT 1 FROM pg_stat_activity WHERE datname = 'lintas' LIMIT 1").fetchone())


@dataclass
class Shop:
    """One database of a house, with the processes that work on it."""

    house: House
    name: str
    port: int = 0
    redis_url: str = ""
    crew: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def database_url(self) -> str:
        return self.house.engines.database_url.replace("/lintas?", f"/{self.name}?")

    @property
    def environ(self) -> dict[str, str]:
        if self.name == "lintas":
            return dict(self.house.environ)
        url = f"http://localhost:{self.port}"
        redis = self.redis_url or self.house.engines.redis_url
        return {**self.house.environ, "DATABASE_URL": self.database_url, "REDIS_URL": redis, "BASE_URL": url}

    def ask(self, query: str, *arguments: object) -> object:
        """One figure from the database, by a connection of its own."""
        with psycopg.connect(self.database_url, autocommit=True) as door:
            return door.execute(query, arguments).fetchone()[0]

    def applied(self) -> int:
        """How many events were applied; -1 while the database doesn't answer."""
        with suppress(psycopg.OperationalError):
            return int(self.ask("SELECT count(*) FROM omni_sync_inboxevent WHERE state = 'applied'"))
        return -1

    def waiting(self) -> int:
        return int(self.ask("SELECT count(*) FROM omni_sync_inboxevent WHERE state <> 'applied'"))

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "manage.py", *map(str, arguments)]

    def manage(self, *arguments: object, check: bool = True) -> str:
        """What a command printed."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert not (check and done.returncode), done.stderr[-2000:]
        return done.stdout

    def begin(self, *arguments: object) -> "subprocess.Popen[str]":
        """A command that goes on by itself."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def open(self, *members: str) -> None:
        """Start some of web, worker and beat; the web server answers when this returns."""
        self.port = self.port or first_free(PORT + 10 * self.house.made)
        everyone = commands(port=self.port, data=self.house.folder)
        for name in members:
            log = self.house.folder / "log" / f"{self.name}-{name}.log"
            command = everyone[name]
            if name == "beat":
                command = [part.replace("beat-schedule", f"beat-{self.name}") for part in command]
            with log.open("ab") as out:
                self.crew[name] = subprocess.Popen(
                    command, cwd=ROOT, env=self.queue_of_its_own(), stdout=out, stderr=subprocess.STDOUT
                )
        if "web" in members:
            eventually(self.answers, seconds=PATIENCE)

    def queue_of_its_own(self) -> dict[str, str]:
        """Shops of one house share the broker, not its queue: each has a database of it."""
        environ = self.environ
        number = re.sub(r"\D", "", self.name)
        environ["REDIS_URL"] = re.sub(r"/0$", f"/{int(number) % 16}", environ["REDIS_URL"])
        return environ

    def answers(self) -> bool:
        with suppress(URLError, OSError):
            assert all(process.poll() is None for process in self.crew.values()), "see the logs"
            return urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status == 200
        return False

    def kill(self, member: str) -> None:
        kill(psutil.Process(self.crew[member].pid))
        self.crew.pop(member).wait()

    def close(self) -> None:
        for process in self.crew.values():
            process.send_signal(signal.SIGTERM)
        for process in self.crew.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                kill(psutil.Process(process.pid))
        self.crew.clear()

    def books(self) -> "Books":
        """The stock as it is exported, and what the audit says of it, which is nothing."""
        script = "from django.core.management import call_command as do; do('audit_stock'); do('export_stock')"
        said = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {script}"],
            cwd=ROOT, env=self.environ, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert said.returncode == 0, said.stderr[-2000:]
        audit, *rows = said.stdout.splitlines()
        found = json.loads(audit)
        assert found["violations"] == []
        return Books(rows, found["levels"], found["movements"])


@dataclass(frozen=True)
class Books:
    """A shop's whole stock, to be compared."""

    rows: list[str]
    levels: int
    movements: int
