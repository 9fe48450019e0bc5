"""``manage.py simulator``: the demo's tills that nobody stands at."""

import json
import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from settings.simulator import switch
from settings.simulator.connection import door
from settings.simulator.crowd import Crowd
from settings.simulator.door import Later, Refused
from settings.simulator.kept import Kept
from settings.simulator.run import Simulator
from settings.simulator.sell import sell_one
from settings.simulator.shelves import NothingThere

FILE = "simulator.json"


class Command(BaseCommand):
    help = "The demo's simulated tills: run them, turn them on and off, ask how they are, or sell one thing now."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("run", help="sell until stopped (what the demo starts)")
        what.add_parser("on", help="let them sell")
        what.add_parser("off", help="let them stop")
        what.add_parser("status", help="one line of JSON")
        sell = what.add_parser("sell", help="one sale, now, through the door of the running shop")
        sell.add_argument("sku")
        sell.add_argument("store")

    def handle(self, *_: Any, **options: Any) -> None:
        match options["what"]:
            case "run":
                run(Path(settings.DATA) / FILE)
            case "on" | "off" as wanted:
                switch.turn(on=wanted == "on")
                self.stdout.write(f"The simulated tills are {wanted}.")
            case "status":
                seen = switch.seen()
                self.stdout.write(json.dumps({"on": switch.is_on(), "running": seen is not None, **(seen or {})}))
            case "sell":
                self.sell(sku=options["sku"], store=options["store"])

    def sell(self, *, sku: str, store: str) -> None:
        try:
            number = sell_one(sku=sku, store=store)
        except NothingThere:
            raise CommandError(f"{store} has no {sku}.") from None
        except (Later, Refused) as refusal:
            raise CommandError(f"The door at {settings.BASE_URL} did not take the sale: {refusal}") from None
        self.stdout.write(f"Sold one {sku} at {store}, as {number}.")


def run(file: Path) -> None:
    """Sell until TERM or Ctrl-C."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    Simulator(door=door, happens=Crowd().next_event, kept=Kept(file), wait=over.wait).run()
