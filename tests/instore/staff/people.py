"""Everybody who might try a door of the staff: at a tablet of this store or of another, or on the web."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client

from instore.devices.models import Kind
from instore.devices.revoke import revoke
from instore.staff import session
from instore.staff.assign import assign, unassign
from instore.staff.models import Role
from tests.instore.tablets import make_associate, make_device, make_manager, tablet_of, type_pin

AFTERNOON = 6 * 3600  # seconds: whoever is at a tablet stays there, however long all of it takes
_addresses = count(1)


def everybody(here, theirs, sari):
    """By what the table calls them; ``sari`` is an associate of ``here``."""
    dewi = make_associate(here, "Dewi", role=Role.MANAGER)
    budi, tuti = make_associate(theirs, "Budi"), make_associate(theirs, "Tuti", role=Role.MANAGER)
    return {
        "nobody": _browser(),
        "shopper": _member("ayu@example.com"),
        "enrolled": _tablet(here),
        "locked": _locked(here, sari),
        "idle": _idle(here, sari),
        "revoked": _revoked(here, sari),
        "kiosk": _tablet(here, kind=Kind.KIOSK),
        "moved": _moved(here, theirs),
        "assoc.": _tablet(here, at_it=sari),
        "mngr.": _tablet(here, at_it=dewi),
        "t-assoc.": _tablet(theirs, at_it=budi),
        "t-mngr.": _tablet(theirs, at_it=tuti),
        "partner": _partner(here),
        "t-partner": _partner(theirs),
        "head": _head_office(),
    }


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside has not been done afterwards, whatever was durable."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # a durable transaction may begin in it
    with atomic:
        yield
        transaction.set_rollback(True)


def twin(browser):
    """Another browser with the same cookies: what it is told does not reach the first."""
    other = Client(**browser.defaults)
    other.cookies = deepcopy(browser.cookies)
    return other


def _address():
    """Each from an address of their own: nobody's tries are counted for somebody else."""
    number = next(_addresses)
    return f"10.1.{number // 250 % 250}.{number % 250}"


def _browser():
    return Client(REMOTE_ADDR=_address())


def _member(email, **facts):
    browser = _browser()
    browser.force_login(get_user_model().objects.create_user(email=email, **facts))
    return browser


def _tablet(store, *, at_it=None, kind=Kind.TABLET):
    tablet = tablet_of(make_device(store, kind=kind)[1], REMOTE_ADDR=_address())
    if at_it is not None:
        assert type_pin(tablet, at_it).url == "/staff/today/"
        _let_pass(tablet, -AFTERNOON)
    return tablet


def _locked(store, associate):
    tablet = _tablet(store, at_it=associate)
    tablet.post("/staff/lock/")
    return tablet


def _idle(store, associate):
    """Nobody has tapped for longer than a tablet waits."""
    tablet = _tablet(store, at_it=associate)
    _let_pass(tablet, AFTERNOON + session.STILL_FOR)
    return tablet


def _let_pass(tablet, seconds):
    """So long ago is the last tap."""
    kept = tablet.session
    kept[session.KEY] = {**kept[session.KEY], "tap": kept[session.KEY]["tap"] - seconds}
    kept.save()


def _revoked(store, associate):
    device, token = make_device(store, name="Lost")
    tablet = tablet_of(token, REMOTE_ADDR=_address())
    type_pin(tablet, associate)
    assert revoke(device=device, by=make_manager())
    return tablet


def _moved(store, to):
    """At a tablet of the store at which they worked until a moment ago; they manage another by now."""
    rina = make_associate(store, "Rina")
    tablet = _tablet(store, at_it=rina)
    assign(associate=rina, store=to, role=Role.MANAGER, by=make_manager())
    assert unassign(associate=rina, store=store, by=make_manager())
    return tablet


def _partner(store):
    """Whom Oscar lets into the dashboard for this store only."""
    browser = _member(f"owner-of-{store.partner.code}@langkah.example")
    owner = get_user_model().objects.latest("pk")
    owner.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    store.partner.users.add(owner)
    return browser


def _head_office():
    browser = _browser()
    browser.force_login(make_manager())
    return browser
