"""Taps through bad Wi-Fi in a real browser: kept, shown, sent again, and done once."""

import json
import re

import pytest
from playwright.sync_api import expect

from instore.pickup.code import code_of
from instore.pickup.models import PickupStep
from instore.staff.models import Associate
from instore.tablet.models import TabletAction
from omni_sync.oscar.models import PaymentSource
from tests.e2e import test_tablet as tablets
from tests.e2e.looks import look
from tests.e2e.test_tablet import PHONE, TABLET
from tests.e2e.waits import until
from tests.instore.tablets import PIN, make_associate

basket, order, product, request_of, strategy, shop, collected, pickup, waiting, on_duty = (
    tablets.basket, tablets.order, tablets.product, tablets.request_of, tablets.strategy, tablets.shop,
    tablets.collected, tablets.pickup, tablets.waiting, tablets.on_duty,
)  # fmt: skip
STAFF = re.compile("/staff/")
ACTS = re.compile(r"/staff/pickups/[^/]+/[a-z-]+/$")
#: What the browser itself says of a connection that is not there, and of an answer that refuses.
OURS = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|htmx:(?:afterRequest|sendError|timeout)|status of (?:401|409)")
KEPT = """() => new Promise((done) => {
    const opening = indexedDB.open("lintas-tablet", 1);
    opening.onsuccess = () => {
        const asked = opening.result.transaction("taps").objectStore("taps").getAll();
        asked.onsuccess = () => { opening.result.close(); done(asked.result); };
    };
})"""

#: What this page asks its database for begins half a second late.
SLOW = """() => {
    const open = indexedDB.open.bind(indexedDB);
    IDBFactory.prototype.open = (...what) => {
        const late = {};
        setTimeout(() => {
            const real = open(...what);
            real.onsuccess = (event) => { late.result = real.result; late.onsuccess(event); };
        }, 500);
        return late;
    };
}"""


class Complaints(list):
    """What we did to the connection ourselves is nothing to complain about."""

    def append(self, said):
        if not OURS.search(said):
            super().append(said)


@pytest.fixture
def complaints():
    return Complaints()


@pytest.fixture
def picking(waiting):
    tablets.pickups.to_picking(waiting)
    return waiting


def page_of(pickup):
    return f"/staff/pickups/{pickup.order.number}/"


def steps(after):
    return PickupStep.objects.filter(after=after).exclude(before=after).count()


def bar(page):
    return page.locator("#unsent")


def read_again(page, asked):
    """Today reads itself: told once it is not at it already, until it has asked."""

    def has_asked():
        page.evaluate("void document.querySelector('#today:not(.htmx-request)')?.dispatchEvent(new Event('live'))")
        return asked

    until(page, has_asked)


def end_session(page):
    """It is over, and no part that is read again says so: the page would go to who may sign in."""

    def keep_parts(route):
        if route.request.method != "GET" or "hx-request" not in route.request.headers:
            route.fallback()

    page.route(STAFF, keep_parts)
    page.context.clear_cookies(name="sessionid")


def cut(page):
    """Nothing that is tapped arrives any more."""
    page.route(ACTS, lambda route: route.abort())


def sign_in(page, associate):
    page.goto(f"/staff/?who={associate.pk}")
    page.locator("#pin").fill(PIN)
    page.locator(".pin-key.go").tap()
    page.wait_for_url("**/staff/today/")


def tapped_in_vain(waiting, on_duty):
    """A tablet without a connection, on which picking was begun: the tap is not sent yet."""
    page = on_duty(**TABLET)
    page.goto(page_of(waiting))
    cut(page)
    page.get_by_role("button", name="Start to pick").tap()
    expect(bar(page)).to_contain_text("Taps not sent yet: 1", use_inner_text=True)
    return page


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_taps_without_a_connection_are_kept_and_done_once(picking, on_duty, device):
    page = on_duty(**device)
    page.goto(page_of(picking))
    page.context.set_offline(True)
    page.locator(".item", has_text="SKU TEE").get_by_role("button", name="Found all 2").tap()
    expect(bar(page)).to_contain_text("Taps not sent yet: 1", use_inner_text=True)
    page.locator(".item", has_text="SKU HAT").get_by_role("button", name="Found").tap()
    expect(bar(page)).to_contain_text("Taps not sent yet: 2", use_inner_text=True)
    page.get_by_role("button", name="The bag is ready").tap()
    expect(bar(page)).to_contain_text("Taps not sent yet: 3", use_inner_text=True)
    expect(bar(page)).to_contain_text(re.compile(r"No connection since \d\d.\d\d"), use_inner_text=True)
    expect(page.locator(".unsent-mark")).to_have_count(3)
    look(page)
    kept = page.evaluate(KEPT)
    assert {frozenset(tap) for tap in kept} == {frozenset(["nonce", "path", "fields", "sender", "at", "faults"])}
    assert not re.search("Dewi|Sari|csrf", json.dumps(kept))
    assert TabletAction.objects.count() == steps("ready") == 0
    page.context.set_offline(False)
    expect(page.get_by_text("Ready to collect").first).to_be_visible()
    expect(bar(page)).not_to_contain_text(re.compile("not sent|No connection"), use_inner_text=True)
    assert steps("ready") == 1
    assert [action.verb for action in TabletAction.objects.order_by("pk")] == ["found", "found", "ready"]
    assert page.evaluate(KEPT) == []


def test_an_answer_that_got_lost_is_not_done_again(waiting, on_duty):
    page = on_duty(**TABLET)
    page.goto(page_of(waiting))
    arrived = []

    def lose_the_first_answer(route):
        arrived.append(route.request.post_data)
        if len(arrived) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    page.route(ACTS, lose_the_first_answer)
    page.get_by_role("button", name="Start to pick").tap()
    expect(page.locator("#pickup").get_by_text("Being picked", exact=True)).to_be_visible()
    expect(bar(page)).not_to_contain_text("not sent", use_inner_text=True)
    nonces = [re.search("nonce=([^&]+)", sent)[1] for sent in arrived]
    assert nonces == [nonces[0]] * 2
    assert steps("picking") == TabletAction.objects.count() == 1


def test_a_connection_that_hangs_is_none(waiting, on_duty):
    page = on_duty(**PHONE)
    page.goto(page_of(waiting))
    page.locator("#pickup").evaluate("part => part.setAttribute('hx-request', '{\"timeout\": 300}')")
    page.route(ACTS, lambda _: None)
    page.get_by_role("button", name="Start to pick").tap()
    expect(bar(page)).to_contain_text("Taps not sent yet: 1", use_inner_text=True)
    page.unroute(ACTS)
    expect(page.locator("#pickup").get_by_text("Being picked", exact=True)).to_be_visible()
    expect(bar(page)).not_to_contain_text(re.compile("not sent|No connection"), use_inner_text=True)
    assert steps("picking") == TabletAction.objects.count() == 1


def test_a_tap_that_waited_and_is_refused_is_said_until_it_is_read(waiting, on_duty):
    page = on_duty(**PHONE)
    page.goto(page_of(waiting))
    page.context.set_offline(True)
    page.get_by_role("button", name="Start to pick").tap()
    expect(bar(page)).to_contain_text("Taps not sent yet: 1", use_inner_text=True)
    tablets.pickups.to_picking(waiting)
    page.context.set_offline(False)
    told = re.compile(f"{waiting.order.number}.*Somebody was faster")
    expect(bar(page).get_by_role("alert")).to_have_text(told)
    look(page)
    page.goto("/staff/today/")
    expect(bar(page).get_by_role("alert")).to_have_text(told)
    bar(page).get_by_role("button", name="Understood").tap()
    expect(bar(page).get_by_role("alert")).to_be_hidden()
    assert page.evaluate(KEPT) == []
    assert steps("picking") == 1


def test_after_the_tablet_locked_itself_its_associates_taps_go_on(waiting, on_duty):
    page = tapped_in_vain(waiting, on_duty)
    end_session(page)
    page.unroute(ACTS)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(bar(page)).to_contain_text("They wait until you have signed in again.", use_inner_text=True)
    page.goto("about:blank")
    page.unroute(STAFF)
    sign_in(page, Associate.objects.get())
    expect(page.locator("#need-picking")).to_be_visible()
    assert steps("picking") == 1


def test_nobody_sends_under_somebody_elses_name(waiting, on_duty):
    budi = make_associate(waiting.store, "Budi")
    page = tapped_in_vain(waiting, on_duty)
    end_session(page)
    sign_in(page, budi)
    expect(bar(page)).to_contain_text("Taps of whoever was here before were never sent", use_inner_text=True)
    page.unroute_all()
    page.goto("/staff/today/")
    assert page.evaluate(KEPT) == []
    assert steps("picking") == 0


def test_locking_forgets_what_was_not_sent(waiting, on_duty):
    page = tapped_in_vain(waiting, on_duty)
    page.get_by_role("button", name="Lock this tablet").tap()
    page.wait_for_url("**/staff/")
    assert page.evaluate(KEPT) == []


def test_locking_waits_until_all_is_forgotten(waiting, on_duty):
    page = tapped_in_vain(waiting, on_duty)
    page.evaluate(SLOW)
    page.get_by_role("button", name="Lock this tablet").tap()
    page.wait_for_url("**/staff/")
    assert page.evaluate(KEPT) == []


def test_handing_over_is_never_kept(waiting, on_duty):
    tablets.pickups.to_ready(waiting)
    page = on_duty(**PHONE)
    page.goto("/staff/collect/")
    page.locator("#code").fill(code_of(waiting))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Paid in cash").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Paid in cash").tap()
    expect(bar(page)).to_contain_text("Try again when there is one", use_inner_text=True)
    look(page)
    assert page.evaluate(KEPT) == []
    page.context.set_offline(False)
    expect(bar(page)).not_to_contain_text("No connection", use_inner_text=True)
    page.get_by_role("button", name="Paid in cash").tap()
    expect(page.get_by_text("Handed over. Thank you!")).to_be_visible()
    assert PaymentSource.objects.filter(order=waiting.pk).count() == 1


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_today_says_that_it_may_be_old_and_stays(waiting, on_duty, device):
    page = on_duty(**device)
    page.context.set_offline(True)
    expect(bar(page)).to_contain_text(
        re.compile(r"No connection since \d\d.\d\d: what you see may be old"), use_inner_text=True
    )
    page.get_by_text("Dewi Ayu Lestari").tap()
    expect(bar(page)).to_contain_text("this page stays until there is one", use_inner_text=True)
    assert page.url.endswith("/staff/today/")
    look(page)
    page.context.set_offline(False)
    expect(bar(page)).not_to_contain_text("No connection", use_inner_text=True)
    page.get_by_text("Dewi Ayu Lestari").tap()
    page.wait_for_url("**/pickups/**")


def test_an_answer_from_before_the_connection_went_does_not_say_that_it_is_back(waiting, on_duty):
    page, asked, answers = on_duty(**TABLET), [], []

    def hold_the_first(route):
        asked.append(route)
        if len(asked) > 1:
            return route.continue_()
        return answers.append(route.fetch())

    page.route("**/staff/today/", hold_the_first)
    read_again(page, answers)
    page.context.set_offline(True)
    expect(bar(page)).to_contain_text("No connection since", use_inner_text=True)
    page.evaluate(
        "document.addEventListener('htmx:afterRequest', ({ detail }) => { window.heard ||= detail.xhr.status; })"
    )
    asked[0].fulfill(response=answers[0])
    page.wait_for_function("window.heard === 200")
    expect(bar(page)).to_contain_text(re.compile(r"No connection since \d\d.\d\d"), use_inner_text=True)


def test_a_connection_that_was_gone_before_anybody_listened_is_said(waiting, on_duty):
    page = on_duty(**TABLET)
    page.context.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => false})")  # no event comes
    page.goto(page_of(waiting))
    expect(bar(page)).to_contain_text(re.compile(r"No connection since \d\d.\d\d"), use_inner_text=True)


def test_today_notices_by_itself_that_nothing_answers(waiting, on_duty):
    page, lost, asked = on_duty(**TABLET), [], []
    page.route("**/staff/today/", lambda route: (lost.append(route), route.abort()))
    read_again(page, lost)
    expect(bar(page)).to_contain_text("No connection since", use_inner_text=True)
    page.unroute("**/staff/today/")
    page.route("**/staff/today/", lambda route: (asked.append(route), route.continue_()))
    read_again(page, asked)
    expect(bar(page)).not_to_contain_text("No connection", use_inner_text=True)
