"""Waiting until /readyz says so."""

import json
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from settings.demonstration.crew import Crew, CrewError

SECONDS = 120


def ask(port: int) -> tuple[int, str]:
    """Status and what is missing; 0 while nobody answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return answer.status, ""
    except HTTPError as refusal:
        parts = json.loads(refusal.read() or b"{}") if refusal.code == 503 else {}  # noqa: PLR2004
        return refusal.code, ", ".join(
            f"{name}: {found}" for name, found in parts.items() if found not in {"ok", False}
        )
    except (URLError, OSError):
        return 0, "the web server does not answer"


def wait(port: int, crew: Crew) -> None:
    """Return when everything works; CrewError with what is missing if that takes too long."""
    until = time.monotonic() + SECONDS
    while True:
        crew.check()
        status, missing = ask(port)
        if status == 200:  # noqa: PLR2004
            return
        if time.monotonic() > until:
            raise CrewError(f"not ready after {SECONDS} s: {missing or status}")
        time.sleep(0.1)
