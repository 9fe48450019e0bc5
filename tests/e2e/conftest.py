"""A real browser on a real server. Nothing it complains about is overlooked."""

import os
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from settings.walk import browser as walk

# Playwright's loop lives in the test's thread; Django would refuse to use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# A machine with much to do is no fault; what never comes fails all the same.
expect.set_options(timeout=15_000)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}
#: What htmx says of a read that it gave up itself, because the page was left or somebody tapped: nobody misses it.
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; nothing is downloaded."""
    try:
        with walk.browser() as running:
            yield running
    except walk.NoBrowser:
        pytest.fail("the browser tests need Chromium (Debian: apt-get install chromium)")


@pytest.fixture
def site(transactional_db) -> Iterator[str]:
    """The address of the real web server, streams and all, on this test's database."""
    from omni_sync.live.streams import with_streams
    from settings.asgi import pages

    door = socket.create_server(("127.0.0.1", 0), backlog=128)
    config = uvicorn.Config(with_streams(pages), log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    yield f"http://localhost:{door.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser did not like: script errors, refused inline code, missing files."""
    return []


@pytest.fixture
def open_page(browser, site, complaints) -> Iterator[Callable[..., Page]]:
    """A new visitor's page; at the end the browser must have had nothing to complain about."""
    contexts = []

    def open_it(path: str = "/", **device: object) -> Page:
        context = browser.new_context(base_url=site, **(device or DESK))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(said: ConsoleMessage) -> bool:
    """htmx says ``htmx:sendError`` as well where a connection broke."""
    return said.type == "error" and not said.text.startswith(GIVEN_UP)


@pytest.fixture
def seeded(transactional_db) -> None:
    """The demo's shops and goods."""
    call_command("seed", small=True, verbosity=0)


@pytest.fixture
def barriers() -> Callable[[Page], list[str]]:
    """What keeps somebody out, by axe: a line per serious or critical finding."""

    def find(page: Page) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{item['id']}: {node['html'][:120]}"
            for item in found
            if item["impact"] in {"serious", "critical"}
            for node in item["nodes"]
        ]

    return find
