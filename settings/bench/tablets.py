"""Tablets of a store with somebody signed in, as a benchmark needs them."""

from typing import Final

from django.conf import settings
from django.test import Client
from django.urls import reverse

from instore.devices.enrol import enrol
from instore.devices.invite import invite
from instore.devices.models import Kind
from instore.devices.tokens import COOKIE
from instore.staff.assign import hire
from instore.staff.models import Role
from instore.staff.set_pin import set_pin
from instore.stores.models import Store

PIN: Final = "271828"


def tablet_of(store: Store, *, name: str = "Counter", who: str = "Sari") -> Client:
    """A browser that is a tablet of the store, with an associate of its own signed in."""
    associate = hire(display_name=who, till_id="", store=store, role=Role.ASSOCIATE, by=None)
    set_pin(associate=associate, pin=PIN, by=None)
    _, token = enrol(typed=invite(store=store, kind=Kind.TABLET, name=name, by=None).code)
    tablet = Client(SERVER_NAME="localhost")
    tablet.cookies[COOKIE] = token
    answer = tablet.post(reverse("staff:sign-in"), {"who": associate.pk, "pin": PIN})
    if settings.SESSION_COOKIE_NAME not in tablet.cookies:
        raise RuntimeError(f"nobody is signed in: {answer.status_code} {answer.content[:200]!r}")
    return tablet


def cookie_of(tablet: Client) -> str:
    """Its cookies, as they go over the wire."""
    return "; ".join(f"{name}={value}" for name, value in cookies_of(tablet).items())


def cookies_of(tablet: Client) -> dict[str, str]:
    """Its cookies by their names."""
    return {name: morsel.value for name, morsel in tablet.cookies.items()}
