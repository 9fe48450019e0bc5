"""What every command finds ready: engines that run and a schema that is up to date."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from settings import environment
from settings.embedded.attach import Engines, attach_for_good
from settings.embedded.place import EngineError, Place

WITHOUT_ENGINES = {"help", "version", "--help", "-h", "--version", "messages", "collectstatic", "digital_link"}
WITHOUT_SCHEMA = {"check", "makemigrations", "migrate", "showmigrations", "sqlmigrate", "templates", "demo"}


_running: list[Engines] = []


def engines() -> Engines | None:
    """The embedded engines this command uses; None if addresses were given."""
    return _running[0] if _running else None


@contextmanager
def prepared(argv: Sequence[str]) -> Iterator[None]:
    """Attach the embedded engines unless addresses are given, and bring their schema up to date."""
    command = argv[1] if len(argv) > 1 else "help"
    if command == "demo":
        _use_folder(argv)
    embedded = not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys()
    if not embedded or command in WITHOUT_ENGINES or os.environ["DJANGO_SETTINGS_MODULE"] == "settings.production":
        yield
        return
    database_is_ours = "DATABASE_URL" not in os.environ
    try:
        _running.append(attach_for_good(environment.data_folder()))
    except EngineError as error:
        sys.exit(f"error: {error}")
    if database_is_ours and command not in WITHOUT_SCHEMA:
        _bring_up_to_date()
    yield


def _bring_up_to_date() -> None:
    import django

    django.setup()
    from django.db import connection

    from settings.schema import bring_up_to_date

    bring_up_to_date(keep=True)
    connection.close()


def _use_folder(argv: Sequence[str]) -> None:
    """``demo --data DIR --reset`` says which folder before anything is started in it."""
    for here, option in enumerate(argv):
        if option == "--data" and here + 1 < len(argv):
            os.environ["LINTAS_DATA"] = argv[here + 1]
        elif option.startswith("--data="):
            os.environ["LINTAS_DATA"] = option.removeprefix("--data=")
    if "--reset" in argv:
        _reset()


def _reset() -> None:
    place = Place(environment.data_folder())
    if place.is_locked("users"):
        sys.exit(f"error: {place.root} is in use; stop the demo that runs there first.")
    for name in ("postgres", "valkey", "media", "mail"):
        shutil.rmtree(place / name, ignore_errors=True)
    (place / "simulator.json").unlink(missing_ok=True)  # what its tills had sold
