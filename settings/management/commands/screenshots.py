"""``manage.py screenshots``: what every page looks like, and how soon it is there."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from settings import translations
from settings.demonstration import ports
from settings.demonstration.crew import Crew, Member, commands
from settings.walk.browser import NoBrowser, browser
from settings.walk.paint import PAGES, paints
from settings.walk.pictures import GUIDE, take
from shop.seed.people import SHOPPER

FIRST_PORT = 8300
SECONDS = 180


class Command(BaseCommand):
    help = "Takes pictures of every page of the demo in a browser, and says how soon the largest thing is shown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", help="of a demo that runs; without it one is started for as long as it takes")
        parser.add_argument(
            "--to", type=Path, metavar="DIR", help="all pictures (default: pictures in the data folder)"
        )
        parser.add_argument("--only-times", action="store_true", help="no pictures, only how soon pages are there")

    def handle(self, **options: Any) -> None:
        folder = options["to"] or Path(settings.DATA) / "pictures"
        try:
            with _shop(options["url"]) as base, browser() as chromium:
                if not options["only_times"]:
                    account = {"email": SHOPPER.email, "password": SHOPPER.password}
                    taken = list(take(chromium, base, folder, **account))
                    kept = sum(file.stat().st_size for file in GUIDE.glob("*.webp"))
                    self.stdout.write(f"{len(taken)} pictures in {folder}; {kept // 1024} kB in {GUIDE}")
                self.stdout.write("largest contentful paint, 9 Mbit/s, 60 ms, processor 4 times slower:")
                for name, ms in paints(chromium, base):
                    self.stdout.write(f"{name:12}{ms:7.0f} ms of {PAGES[name]}  {'ok' if ms < PAGES[name] else 'SLOW'}")
        except NoBrowser:
            raise CommandError("This needs Chromium (Debian: apt-get install chromium).") from None


@contextmanager
def _shop(url: str | None) -> Iterator[str]:
    if url is not None:
        yield url.rstrip("/")
        return
    translations.compile_all()
    call_command("seed", accounts=True, verbosity=0)
    connections.close_all()
    port = ports.first_free(FIRST_PORT)
    log = Path(settings.DATA) / "log" / "screenshots-web.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    web = Member("web", commands(port=port, data=settings.DATA)["web"], log, dict(os.environ))
    with Crew([web]) as crew:
        _wait(crew, port)
        yield f"http://localhost:{port}"


def _wait(crew: Crew, port: int) -> None:
    until = time.monotonic() + SECONDS
    while True:
        crew.check()
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (URLError, OSError):
            if time.monotonic() > until:
                raise CommandError(f"The web server did not start, see {crew.members[0].log}.") from None
            time.sleep(0.2)
