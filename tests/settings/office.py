"""The shop's real processes on a test's own database, and what they write."""

import json
import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import requests
from django.conf import settings
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from settings.demonstration.crew import commands
from settings.demonstration.ports import first_free
from settings.environment import ROOT

OURS = ("PYTEST_XDIST_WORKER", "LINTAS_TEST_RUN", "LINTAS_TEST_EMBEDDED")
REDIS_NUMBER = 9  # of the test's Valkey: nobody else's queue


def database_url() -> str:
    own = connection.settings_dict
    where = f"host={quote(own['HOST'], safe='')}" + (f"&port={own['PORT']}" if own["PORT"] else "")
    who = f"{quote(own['USER'], safe='')}:{quote(own['PASSWORD'], safe='')}"
    return f"postgresql://{who}@/{own['NAME']}?{where}"


def redis_url() -> str:
    return f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{REDIS_NUMBER}"


@dataclass
class Office:
    """Web server, worker and clock as the demo starts them."""

    folder: Path
    wait: object
    environ: dict[str, str] = field(default_factory=dict)
    crew: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    port: int = 0

    def open(self, *members: str) -> "Office":
        self.port = self.port or first_free(8450)
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {
            "DJANGO_SETTINGS_MODULE": "settings.demo",
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url(),
            "LINTAS_DATA": str(self.folder),
            "ENCRYPTION_KEYS": ",".join(settings.LINTAS_ENCRYPTION_KEYS),
            "LOG_LEVEL": "INFO",
            **self.environ,
        }
        for name in members:
            with self.log(name).open("ab") as out:
                command = commands(port=self.port, data=self.folder)[name]
                self.crew[name] = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
        if "web" in members:
            self.wait(self.answers)
        if "worker" in members:
            self.wait(lambda: self.said("worker", "worker ready"))
        return self

    def log(self, member: str) -> Path:
        return self.folder / f"{member}.log"

    def lines(self, member: str) -> list[dict[str, object]]:
        """Each line, which must be JSON."""
        text = self.log(member).read_text()
        return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]

    def said(self, member: str, event: str, **more: object) -> list[dict[str, object]]:
        """The lines of that event with these facts."""
        return [line for line in self.lines(member) if {"event": event, **more}.items() <= line.items()]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.url(path), headers=headers, timeout=30, allow_redirects=False)

    def answers(self) -> bool:
        with suppress(requests.ConnectionError):
            return self.get("/healthz").status_code == 200
        assert all(process.poll() is None for process in self.crew.values()), self.log("web").read_text()[-2000:]
        return False

    def scrape(self) -> "Figures":
        return Figures(self.get("/metrics").text)

    def kill(self, member: str) -> None:
        """kill -9 it and all it started, the parent first: nobody is left to start another."""
        process = self.crew.pop(member)
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait()
        psutil.wait_procs(family, timeout=20)

    def close(self) -> None:
        for process in self.crew.values():
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
            for one in family:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
        self.crew.clear()


class Figures:
    """A scrape, taken apart as Prometheus does."""

    def __init__(self, text: str) -> None:
        self.samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    def all(self, name: str, **labels: str) -> list[float]:
        return [s.value for s in self.samples if s.name == f"lintas_{name}" and labels.items() <= s.labels.items()]

    def __call__(self, name: str, **labels: str) -> float | None:
        """The one figure of that name and these labels; None when there is none."""
        found = self.all(name, **labels)
        assert len(found) <= 1, f"{name} is not one figure but {len(found)}"
        return found[0] if found else None

    def sum(self, name: str, **labels: str) -> float:
        return sum(self.all(name, **labels))
