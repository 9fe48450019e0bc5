"""A page that stays open follows what tills sell, whatever becomes of Valkey or of the line."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from omni_sync.live import token
from omni_sync.oscar.models import Partner
from omni_sync.pos import drain
from omni_sync.pos.secrets import secrets_of
from settings.embedded.place import Place
from settings.embedded.valkey import Valkey
from tests.e2e.waits import until
from tests.factories import as_body, make_connection, sale, sign
from tests.instore.places import make_product, make_store, put

FIGURE = '[data-figure="menteng"]'


@pytest.fixture(autouse=True)
def valkey(settings) -> Iterator[Valkey]:
    """One of this test's own, to be stopped and started, for the live updates only."""
    with tempfile.TemporaryDirectory(prefix="lintas-live-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # root's engines run as nobody
        (Path(folder) / "data").mkdir(mode=0o711)
        engine = Valkey(Place(Path(folder) / "data"))
        engine.start()
        settings.LINTAS_LIVE_URL = engine.url
        yield engine
        engine.stop()


@pytest.fixture
def tee(transactional_db):
    """Three of one size in one store."""
    style = make_product("Kawan tee", structure="parent")
    size = make_product("Kawan tee, M", parent=style, size="M")
    put(size, make_store("menteng").partner, 3, sku="TEE")
    return size


@pytest.fixture
def sell(tee, site) -> Callable[[str], None]:
    """A till tells a sale of one, through the real door, and it is applied."""
    store = Partner.objects.get(code="menteng")
    connection = make_connection(store)
    url = f"{site}/api/v1/pos/{connection.name}/events"

    def tell(number: str) -> None:
        body = as_body(sale(store, number, {"TEE": 1}, at=datetime.now(UTC)))
        answer = requests.post(url, data=body, headers=sign(secrets_of(connection)[0], body), timeout=10)
        assert (answer.status_code, answer.json()["accepted"]) == (202, 1)
        drain.drain()

    return tell


@pytest.fixture
def context(open_page):
    """The visitor's browser, before any page follows anything."""
    return open_page("about:blank").context


@pytest.fixture
def opened(context, tee) -> Callable[[], Page]:
    """The product's page, marked so that a reload would be noticed."""

    def open_it() -> Page:
        page = context.pages[0]
        page.clock.install()
        page.goto(tee.get_absolute_url())
        page.evaluate("window.opened = 'once'")
        return page

    return open_it


def shows(page: Page, left: int) -> None:
    expect(page.locator(FIGURE)).to_contain_text(str(left))
    assert page.evaluate("window.opened") == "once"


def in_time_shows(page: Page, left: int) -> None:
    """Five minutes pass at most, a few seconds at a time: what was asked is answered in between."""
    for _ in range(60):
        if str(left) in page.locator(FIGURE).inner_text():
            break
        page.clock.run_for(5_000)
        page.wait_for_timeout(100)
    shows(page, left)


def test_the_number_falls_as_a_till_sells(opened, sell):
    page = opened()
    shows(page, 3)
    sell("R-1")
    shows(page, 2)
    sell("R-2")
    shows(page, 1)


def test_it_still_does_after_valkey_was_restarted(opened, sell, valkey):
    page = opened()
    shows(page, 3)
    valkey.stop()
    sell("R-1")  # the till is answered as ever; nobody hears of it yet
    valkey.start()
    shows(page, 2)
    sell("R-2")
    shows(page, 1)


def test_without_valkey_the_page_is_right_on_reload(opened, sell, valkey):
    page = opened()
    shows(page, 3)
    valkey.stop()
    sell("R-1")
    page.reload()
    expect(page.locator(FIGURE)).to_contain_text("2")


def test_a_line_that_is_down_is_said_politely_and_forgotten_when_it_is_back(opened, sell, context, complaints):
    context.route("**/live/**", lambda route: route.abort("connectionfailed"))
    page = opened()
    note, part = page.locator("#live-paused"), page.locator("[data-live]")
    shows(page, 3)
    page.clock.run_for(5_000)
    expect(note).to_be_hidden()
    page.clock.run_for(8_000)
    expect(note).to_be_visible()
    expect(part).to_have_attribute("data-stale", "")
    assert page.locator("[role=status] > #live-paused").count() == 1
    context.unroute("**/live/**")
    sell("R-1")
    page.clock.run_for(60_000)
    shows(page, 2)
    expect(note).to_be_hidden()
    expect(part).not_to_have_attribute("data-stale", "")
    complaints.clear()  # the browser says that it could not connect


def hide(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", {get: () => hidden, configurable: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_a_hidden_page_hangs_up_and_looks_again_when_it_is_seen(opened, sell):
    page = opened()
    shows(page, 3)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hide(page, hidden=True)
    page.clock.run_for(31_000)
    asked.clear()
    sell("R-1")
    page.clock.run_for(5_000)
    assert asked == []
    hide(page, hidden=False)
    shows(page, 2)
    with page.expect_request("**/live/?t=*"):
        page.clock.run_for(2_000)
    sell("R-2")
    shows(page, 1)


def test_what_changes_while_the_page_reads_is_read_afterwards(opened, sell, context):
    page = opened()
    shows(page, 3)
    late, heard = [], []
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.eventSourceMessageReceived", lambda said: heard.append(said["eventName"]))
    page.route("**/places/**", lambda route: late.append((route, route.fetch())), times=1)
    sell("R-1")
    until(page, lambda: late)  # the answer is on its way, with two left in it
    heard.clear()
    sell("R-2")
    until(page, lambda: "changed" in heard)
    page.clock.run_for(1_000)  # the page wants to read again, and can't yet
    route, answer = late.pop()
    route.fulfill(response=answer)
    shows(page, 1)


def test_what_lies_under_a_finger_stays_there_until_it_has_gone(opened, sell):
    page = opened()
    shows(page, 3)
    late = []
    page.route("**/places/**", lambda route: late.append((route, route.fetch())), times=1)
    sell("R-1")
    until(page, lambda: late)
    page.locator("#stock button").first.hover()
    page.mouse.down()
    page.evaluate("document.addEventListener('htmx:afterRequest', () => { window.answered = true; })")
    route, answer = late.pop()
    route.fulfill(response=answer)
    page.wait_for_function("window.answered")
    shows(page, 3)
    page.mouse.move(0, 0)  # thought better of it
    page.mouse.up()
    shows(page, 2)


def test_a_page_whose_token_is_refused_reads_itself_again_and_does_not_insist(opened, sell, monkeypatch, complaints):
    for name in ("SHORTEST", "LONGEST"):
        monkeypatch.setattr(token, name, timedelta(seconds=-60))
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(3_000)
    page.wait_for_timeout(500)
    assert (
        sum("/live/" in url for url in asked) <= 1
    )  # it waits 2 to 4 seconds, then 4 to 8; the fragment is read after each
    assert len(asked) <= 3
    monkeypatch.undo()
    sell("R-1")  # what was rendered for three is not used again, nor is its token
    in_time_shows(page, 2)  # the page tries once more, is refused, and reads the fragment
    sell("R-2")
    in_time_shows(page, 1)  # its fresh token lets it in, or the next one does
    complaints.clear()  # the browser says that it was refused
