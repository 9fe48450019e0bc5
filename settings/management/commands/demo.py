"""``manage.py demo``: everything, on this machine, until Ctrl-C."""

import contextlib
import os
import signal
import sys
import time
import webbrowser
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from settings import translations
from settings.commands import engines
from settings.demonstration import ports, readiness, tour
from settings.demonstration.bank import Bank, bank_for
from settings.demonstration.crew import Crew, CrewError, assemble
from settings.demonstration.post import post_office_for
from settings.embedded.place import WEB, Place
from settings.schema import bring_up_to_date


class Stop(BaseException):
    """Somebody wants us to end; passes through every ``except Exception``."""


def stop(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stop


class Command(BaseCommand):
    help = "Runs the whole shop on this machine: PostgreSQL, Valkey, Celery, web."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the first port to try (default 8000)")
        parser.add_argument("--data", metavar="DIR", help="where everything is kept (default $LINTAS_DATA or .lintas)")
        parser.add_argument("--reset", action="store_true", help="start over with empty data")
        parser.add_argument("--seed-only", action="store_true", help="fill the database and end")
        parser.add_argument("--no-browser", action="store_true", help="don't open the shop in a browser")
        parser.add_argument("--no-simulator", action="store_true", help="no simulated tills")

    def handle(self, **options: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        with contextlib.suppress(Stop):
            self.prepare()
            if not options["seed_only"]:
                self.run(port=options["port"], show=not options["no_browser"], sells=not options["no_simulator"])
        self.stdout.write("")

    def prepare(self) -> None:
        """Schema, translations, seed: nothing to do the second time."""
        self.say("preparing the data (about a minute the first time) …")
        bring_up_to_date(keep=engines() is not None)
        translations.compile_all()
        if "seed" in get_commands():
            call_command("seed", stdout=self.stdout, verbosity=0)
        connections.close_all()

    def run(self, *, port: int, show: bool, sells: bool) -> None:
        free = ports.first_free(port)
        if free != port:
            self.say(f"port {port} is taken, using {free}")
        self.say("starting web, worker and clock …")
        running = engines()
        keeps_open = [running.lock] if running else []
        bank = bank_for(shop=free, data=settings.DATA)
        post = post_office_for(shop=free, data=settings.DATA)
        crew = assemble(port=free, data=settings.DATA, keeps_open=keeps_open, simulator=sells, bank=bank, post=post)
        try:
            with crew:
                self.stay(crew, port=free, show=show, bank=bank)
        except CrewError as error:
            raise CommandError(str(error)) from None

    def stay(self, crew: Crew, *, port: int, show: bool, bank: Bank | None) -> None:
        """Say when it is ready, then watch over it until somebody stops us."""
        readiness.wait(port, crew)
        crew.complete()
        base = f"http://localhost:{port}"
        Place(settings.DATA).write(WEB, {"base": base})
        self.say(f"LINTAS READY {base}")
        for line in tour.lines(base):
            self.say(line)
        if bank:
            self.say(f"Payments are made with TEST MONEY at {bank.address}: no STRIPE_SECRET_KEY is set.")
        connections.close_all()
        self.say(f"Logs: {settings.DATA / 'log'}. Ctrl-C stops everything.")
        if show and sys.stdout.isatty() and (sys.platform == "darwin" or "DISPLAY" in os.environ):
            webbrowser.open(base)
        while True:
            time.sleep(1)
            crew.check()
            if (running := engines()) is not None and not running.place.is_locked("keeper"):
                raise CrewError(f"PostgreSQL and Valkey were stopped, see {running.place.log('keeper')}")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
