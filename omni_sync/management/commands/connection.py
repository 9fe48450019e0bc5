import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from omni_sync.pos.connections import UnknownAdapter, UnknownStore, connect
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.addresses import check_webhook
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.endpoints import listen, pause, replay, resume
from omni_sync.pos.outbox.exceptions import BadCursor, NotListening, WebhookRefused, WhyNotThere
from omni_sync.pos.outbox.tokens import make_token
from omni_sync.pos.secrets import secrets_of

REFUSED = {
    WhyNotThere.SHAPE: "This is not an address that events can be sent to.",
    WhyNotThere.SCHEME: "Events are sent to https only, or to a host named in WEBHOOK_ALLOWED_HOSTS.",
    WhyNotThere.ADDRESS: "Events are not sent into our own network. A host of yours: name it in WEBHOOK_ALLOWED_HOSTS.",
}


class Command(BaseCommand):
    help = "Creates a till connection and prints its secret once, or shows it; says where its webhook goes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--adapter", default="native")
        parser.add_argument("--store", action="append", default=[], metavar="CODE", help="may be repeated")
        parser.add_argument("--webhook", metavar="URL", help="push events there from now on; '' ends it")
        parser.add_argument("--show-secret", action="store_true")
        parser.add_argument("--token", action="store_true", help="make a bearer token and print it, this once")
        parser.add_argument("--replay-from", metavar="CURSOR|TIME", help="push again what came after it")
        parser.add_argument("--pause", action="store_true", help="push nothing for now")
        parser.add_argument("--resume", action="store_true", help="go on where it stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["webhook"]:
                check_webhook(options["webhook"])
            since = _cursor_or_time(options["replay_from"]) if options["replay_from"] else None
            made, secret = connect(name=options["name"], adapter=options["adapter"], stores=options["store"])
            self._push(made, since, options)
        except UnknownAdapter as refusal:
            raise CommandError(f"There is no adapter called {refusal}.") from refusal
        except UnknownStore as refusal:
            raise CommandError(f"There is no store with the code {', '.join(refusal.codes)}.") from refusal
        except WebhookRefused as refusal:
            raise CommandError(REFUSED[refusal.why]) from refusal
        except NotListening as refusal:
            raise CommandError("This connection has no webhook. Give it one: --webhook URL.") from refusal
        if options["show_secret"]:
            secret = secrets_of(made)[0]
        base = getattr(settings, "BASE_URL", "http://localhost:8000").rstrip("/")
        url = f"{base}/api/v1/pos/{made.name}/events"
        shown = {"name": made.name, "adapter": made.adapter, "url": url, "secret": secret}
        if options["token"]:
            shown["token"] = make_token(connection=made)
        self.stdout.write(json.dumps(shown))

    def _push(self, connection: Connection, since: Cursor | datetime | None, options: dict[str, Any]) -> None:
        """What was asked for about the webhook, in the order in which it makes sense."""
        if options["webhook"] is not None:
            listen(connection=connection, url=options["webhook"])
        if options["pause"]:
            pause(connection=connection)
        if since is not None:
            replay(connection=connection, since=since)
        if options["resume"]:
            resume(connection=connection)


def _cursor_or_time(text: str) -> Cursor | datetime:
    """A time without a zone is in this shop's."""
    try:
        return Cursor.read(text)
    except BadCursor:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is neither a cursor nor a time such as 2026-11-21T09:00.") from error
    return moment if moment.tzinfo else timezone.make_aware(moment)
