import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from omni_sync.pos.connections import UnknownAdapter, UnknownStore, connect
from omni_sync.pos.secrets import secrets_of


class Command(BaseCommand):
    help = "Creates a till connection and prints its secret once, or shows it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--adapter", default="native")
        parser.add_argument("--store", action="append", default=[], metavar="CODE", help="may be repeated")
        parser.add_argument("--webhook", default="", metavar="URL")
        parser.add_argument("--show-secret", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made, secret = connect(
                name=options["name"], adapter=options["adapter"], stores=options["store"], webhook=options["webhook"]
            )
        except UnknownAdapter as refusal:
            raise CommandError(f"There is no adapter called {refusal}.") from refusal
        except UnknownStore as refusal:
            raise CommandError(f"There is no store with the code {', '.join(refusal.codes)}.") from refusal
        if options["show_secret"]:
            secret = secrets_of(made)[0]
        base = getattr(settings, "BASE_URL", "http://localhost:8000").rstrip("/")
        url = f"{base}/api/v1/pos/{made.name}/events"
        self.stdout.write(json.dumps({"name": made.name, "adapter": made.adapter, "url": url, "secret": secret}))
