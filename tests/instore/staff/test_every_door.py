"""Every address of the staff, tried by everybody: the table says what each of them gets, and nobody gets more.

``enrol``, ``login``: sent to where a device is enrolled, or to the sign-in of the dashboard. ``dev``, ``pin``: 401, and
what is missing, a device or a PIN. ``page``: the page, without anything of the pickup; ``sees``: the page with it.
``kept``: 409, on the page with it. ``done``: it was done, and a redirect. ``away``: a redirect, and nothing was done.
A number: the status of any other refusal.
"""

import pytest
from django.urls import get_resolver

from instore.pickup.code import code_of, token_of
from tests.instore.pickup.conftest import assert_books_are_right
from tests.instore.places import make_store
from tests.instore.staff.books import books, log
from tests.instore.staff.doors import CALLED, DOORS, EMAIL, FRIEND, GOODS, PHONE, make_world
from tests.instore.staff.people import everybody, twin, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
#: ``their`` is said of who works at another store, or owns it: for them the pickup, Sari and the tablet are strange.
TABLE = """
                          no-   shop- enrol lock- idle  re-   ki-   moved asso- mana- their their part- their head
                          body  per   led   ed          voked osk         ciate ger   asso. mana. ner   part. offce
    sign-in         GET   enrol enrol page  page  page  enrol 403   away  away  away  away  away  enrol enrol enrol
    sign-in         POST  dev   dev   done  done  done  dev   403   done  done  done  422   422   dev   dev   dev
    enrol           GET   page  page  page  page  page  page  page  page  page  page  page  page  page  page  page
    enrol           POST  done  done  done  done  done  done  done  done  done  done  done  done  done  done  done
    enrol.guess     POST  422   422   422   422   422   422   422   422   422   422   422   422   422   422   422
    lock            GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    lock            POST  dev   dev   away  away  done  dev   403   done  done  done  done  done  dev   dev   dev
    still           GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    still           POST  dev   dev   pin   pin   pin   dev   403   403   205   205   205   205   dev   dev   dev
    still.forget    POST  dev   dev   pin   pin   pin   dev   403   403   away  away  away  away  dev   dev   dev
    today           GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  page  page  enrol enrol enrol
    today.all       GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  page  page  enrol enrol enrol
    today           POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    pickup          GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  404   404   enrol enrol enrol
    pickup          POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    act.begin       GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    act.begin       POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.found       POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.article     POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.missing     POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.ask         POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.ready       POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.cancel      POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    act.packed      POST  dev   dev   pin   pin   pin   dev   403   403   kept  done  404   404   dev   dev   dev
    act.put-back    POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    scan            GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    scan            POST  dev   dev   pin   pin   pin   dev   403   403   page  page  page  page  dev   dev   dev
    collect         GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    collect         POST  dev   dev   pin   pin   pin   dev   403   403   done  done  409   409   dev   dev   dev
    collect.link    POST  dev   dev   pin   pin   pin   dev   403   403   done  done  409   409   dev   dev   dev
    collect.guess   POST  dev   dev   pin   pin   pin   dev   403   403   422   422   422   422   dev   dev   dev
    bag             GET   enrol enrol pin   pin   pin   enrol 403   403   away  away  404   404   enrol enrol enrol
    bag.told        GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  404   404   enrol enrol enrol
    bag             POST  dev   dev   pin   pin   pin   dev   403   403   away  away  404   404   dev   dev   dev
    bag.told        POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    bag.voucher     GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  404   404   enrol enrol enrol
    bag.voucher     POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    open-codes      GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    open-codes      POST  dev   dev   pin   pin   pin   dev   403   403   done  done  422   422   dev   dev   dev
    open-codes.sari POST  dev   dev   pin   pin   pin   dev   403   403   422   422   422   422   dev   dev   dev
    rings           GET   enrol enrol page  page  page  enrol 403   page  page  page  page  page  enrol enrol enrol
    rings           POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    requests        GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  page  page  enrol enrol enrol
    requests        POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    request         GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  404   404   enrol enrol enrol
    request         POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    request.take    GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    request.take    POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    request.leave   POST  dev   dev   pin   pin   pin   dev   403   403   away  away  404   404   dev   dev   dev
    request.done    POST  dev   dev   pin   pin   pin   dev   403   403   done  done  404   404   dev   dev   dev
    product         GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  sees  sees  enrol enrol enrol
    product         POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    visit           GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    visit           POST  dev   dev   pin   pin   pin   dev   403   403   done  done  422   422   dev   dev   dev
    visit.line      GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    visit.line      POST  dev   dev   pin   pin   pin   dev   403   403   away  away  away  away  dev   dev   dev
    visit.end       GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    visit.end       POST  dev   dev   pin   pin   pin   dev   403   403   away  away  away  away  dev   dev   dev
    visit.give      GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    visit.give      POST  dev   dev   pin   pin   pin   dev   403   403   409   409   409   409   dev   dev   dev
    visit.given     GET   enrol enrol pin   pin   pin   enrol 403   403   away  away  away  away  enrol enrol enrol
    visit.given     POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    visit.receive   GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    visit.receive   POST  dev   dev   pin   pin   pin   dev   403   403   422   422   422   422   dev   dev   dev
    visit.look      GET   enrol enrol pin   pin   pin   enrol 403   403   away  away  away  away  enrol enrol enrol
    visit.look      POST  dev   dev   pin   pin   pin   dev   403   403   away  away  away  away  dev   dev   dev
    visit.back      GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    visit.back      POST  dev   dev   pin   pin   pin   dev   403   403   409   409   409   409   dev   dev   dev
    returns         GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    returns         POST  dev   dev   pin   pin   pin   dev   403   403   away  away  away  away  dev   dev   dev
    returns.guess   POST  dev   dev   pin   pin   pin   dev   403   403   422   422   422   422   dev   dev   dev
    return          GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  sees  sees  enrol enrol enrol
    return          POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    return.early    POST  dev   dev   pin   pin   pin   dev   403   403   kept  kept  kept  kept  dev   dev   dev
    exchange        GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    exchange        POST  dev   dev   pin   pin   pin   dev   403   403   done  done  kept  kept  dev   dev   dev
    exchange.early  POST  dev   dev   pin   pin   pin   dev   403   403   409   409   409   409   dev   dev   dev
    return.gift     POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    return.without  GET   enrol enrol pin   pin   pin   enrol 403   403   403   page  403   page  enrol enrol enrol
    return.without  POST  dev   dev   pin   pin   pin   dev   403   403   403   done  403   done  dev   dev   dev
    ask             GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    ask             POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    ask.sent        POST  dev   dev   pin   pin   pin   dev   403   403   done  done  422   422   dev   dev   dev
    ask.guess       POST  dev   dev   pin   pin   pin   dev   403   403   422   422   422   422   dev   dev   dev
    send-code       GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    send-code       POST  dev   dev   pin   pin   pin   dev   403   403   page  page  page  page  dev   dev   dev
    customer        GET   enrol enrol pin   pin   pin   enrol 403   403   404   404   404   404   enrol enrol enrol
    customer.shown  GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  sees  sees  enrol enrol enrol
    customer        POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    customer.find   GET   enrol enrol pin   pin   pin   enrol 403   403   404   404   404   404   enrol enrol enrol
    find.shown      GET   enrol enrol pin   pin   pin   enrol 403   403   sees  sees  sees  sees  enrol enrol enrol
    customer.find   POST  405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    customer.hand   GET   enrol enrol pin   pin   pin   enrol 403   403   404   404   404   404   enrol enrol enrol
    hand.shown      GET   enrol enrol pin   pin   pin   enrol 403   403   page  page  page  page  enrol enrol enrol
    customer.hand   POST  dev   dev   pin   pin   pin   dev   403   403   404   404   404   404   dev   dev   dev
    hand.shown      POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    customer.done   GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    customer.done   POST  dev   dev   pin   pin   pin   dev   403   403   away  away  away  away  dev   dev   dev
    done.shown      POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    customer.list   GET   405   405   405   405   405   405   405   405   405   405   405   405   405   405   405
    customer.list   POST  dev   dev   pin   pin   pin   dev   403   403   404   404   404   404   dev   dev   dev
    list.shown      POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    customer.basket POST  dev   dev   pin   pin   pin   dev   403   403   404   404   404   404   dev   dev   dev
    basket.shown    POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    customer.book   POST  dev   dev   pin   pin   pin   dev   403   403   404   404   404   404   dev   dev   dev
    book.shown      POST  dev   dev   pin   pin   pin   dev   403   403   done  done  kept  kept  dev   dev   dev
    customer.write  POST  dev   dev   pin   pin   pin   dev   403   403   404   404   404   404   dev   dev   dev
    write.shown     POST  dev   dev   pin   pin   pin   dev   403   403   done  done  done  done  dev   dev   dev
    look-ups        GET   login 403   login login login login login login login login login login page  page  page
    look-ups        POST  login 403   login login login login login login login login login login 405   405   405
    devices         GET   login 403   login login login login login login login login login login page  page  page
    devices.code    POST  login 403   login login login login login login login login login login page  422   page
    devices.end     POST  login 403   login login login login login login login login login login done  404   done
    device          GET   login 403   login login login login login login login login login login page  404   page
    device          POST  login 403   login login login login login login login login login login done  404   done
    associates      GET   login 403   login login login login login login login login login login page  page  page
    associates      POST  login 403   login login login login login login login login login login 405   405   405
    hire            GET   login 403   login login login login login login login login login login page  page  page
    hire            POST  login 403   login login login login login login login login login login done  422   done
    associate       GET   login 403   login login login login login login login login login login page  404   page
    associate.names POST  login 403   login login login login login login login login login login done  404   done
    associate.role  POST  login 403   login login login login login login login login login login done  404   done
    associate.out   POST  login 403   login login login login login login login login login login done  404   done
    associate.pin   POST  login 403   login login login login login login login login login login done  404   done
    associate.leave POST  login 403   login login login login login login login login login login done  404   done
    figures         GET   login 403   login login login login login login login login login login page  page  page
    figures         POST  login 403   login login login login login login login login login login 405   405   405
    list            GET   login 403   login login login login login login login login login login page  page  page
    list.here       GET   login 403   login login login login login login login login login login page  404   page
    list            POST  login 403   login login login login login login login login login login 405   405   405
    vouchers        GET   login 403   login login login login login login login login login login page  page  page
    vouchers        POST  login 403   login login login login login login login login login login 405   405   405
    vouchers.here   GET   login 403   login login login login login login login login login login page  404   page
    voucher         GET   login 403   login login login login login login login login login login page  404   page
    voucher         POST  login 403   login login login login login login login login login login done  404   done
    slots           GET   login 403   login login login login login login login login login login page  404   page
    slots           POST  login 403   login login login login login login login login login login done  404   done
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[2:]]
ROOMS = ("staff", "lintas-staff", "lintas-pickups", "lintas-customers", "lintas-vouchers")
SENT_TO = {"/staff/enrol/": "enrol", "/dashboard/login/": "login"}
ASKED_FOR = {"Lintas-Device": "dev", "Lintas-PIN": "pin"}
LET_IN = {"page", "sees", "done"}
SHOWN = {"sees", "kept"}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """A pickup at Menteng, and everybody, once for all rows; nothing of it stays."""
    with django_db_blocker.unblock(), undone():
        world = make_world(make_store("menteng"))
        yield world, everybody(world.here, make_store("dago"), world.sari)


@pytest.mark.long
@pytest.mark.parametrize(("label", "method", "expected"), [(row[0], row[1], row[2:]) for row in ROWS])
def test_each_gets_what_the_table_says_and_no_more(stage, label, method, expected):
    world, everyone = stage
    door = DOORS[label]
    door.prepare(world)
    sent, before = door.sent(world), (books(), log())
    got = {}
    for who, browser in everyone.items():
        with undone():
            got[who] = tried(twin(browser), door, method, sent, world=world, before=before)
    assert got == dict(zip(everyone, expected, strict=True))
    assert_books_are_right()


def tried(browser, door, method, sent, *, world, before):
    """What became of it. Whoever is not let in has changed nothing and read nothing."""
    if door.told:
        browser.post("/staff/collect/", {"code": code_of(world.pickup)})
    opened = browser.post("/staff/customer/", {"code": world.shown}) if door.opens else None
    url = door.url(world, own=opened.url if opened is not None and opened.status_code == 302 else "")
    answer = browser.post(url, **sent) if method == "POST" else browser.get(url)
    is_changed = books() != before[0]
    what = named(answer, is_done=is_changed or log() != before[1])
    assert not is_changed or (what in LET_IN and method == "POST"), (what, answer)
    said = words_of(answer)
    for secret in (EMAIL, PHONE, code_of(world.pickup), token_of(world.pickup)):
        assert secret not in said
    assert what in SHOWN or not is_of(said)
    return what


def named(answer, *, is_done):
    """The answer in the words of the table."""
    if answer.status_code == 302:
        elsewhere = SENT_TO.get(answer.url.partition("?")[0])
        return elsewhere or ("done" if is_done else "away")
    if answer.status_code == 401:
        return ASKED_FOR[answer.headers["WWW-Authenticate"].split()[0]]
    if answer.status_code == 200:
        return "sees" if is_of(words_of(answer)) else "page"
    return "kept" if answer.status_code == 409 and is_of(words_of(answer)) else str(answer.status_code)


def words_of(answer):
    """All that is sent, headers included."""
    return answer.content.decode() + str(answer.headers) + str(answer.cookies)


def is_of(said):
    """Whether it says who ordered, or what."""
    return any(word in said for word in (CALLED, CALLED.split()[1], FRIEND, *(title for title, _ in GOODS.values())))


def test_no_address_is_missing_from_the_table():
    known = {name for path, name in addresses(get_resolver().url_patterns) if is_of_staff(path, name)}
    assert {(DOORS[label].name, method) for label, method, *_ in ROWS} == {
        (name, method) for name in known for method in ("GET", "POST")
    }
    assert {label for label, *_ in ROWS} == set(DOORS)


def addresses(entries, before="", room=""):
    """Every address of the shop, with the name it goes by."""
    for entry in entries:
        path = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry.url_patterns, path, entry.namespace or room)
        else:
            yield path, f"{room}:{entry.name}"


def is_of_staff(path, name):
    return path.startswith("staff/") or name.partition(":")[0] in ROOMS
