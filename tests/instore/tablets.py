"""Tablets and who works with them, for the tests of devices and staff."""

import re

from django.contrib.auth import get_user_model
from django.test import Client

from instore.devices.enrol import enrol
from instore.devices.invite import invite
from instore.devices.models import Kind
from instore.devices.tokens import COOKIE
from instore.staff.assign import hire
from instore.staff.models import Role
from instore.staff.set_pin import set_pin

PIN, WRONG = "493817", "604928"


def make_manager(email="rani@langkah.example", *, is_staff=True):
    return get_user_model().objects.get_or_create(email=email, defaults={"is_staff": is_staff})[0]


def make_device(store, *, name="Till side", kind=Kind.TABLET):
    """An enrolled device, and its token."""
    invitation = invite(store=store, kind=kind, name=name, by=make_manager())
    return enrol(typed=invitation.code)


def make_associate(store, name="Sari", *, role=Role.ASSOCIATE, pin=PIN):
    associate = hire(display_name=name, till_id="", store=store, role=role, by=make_manager())
    if pin:
        set_pin(associate=associate, pin=pin, by=make_manager())
    associate.refresh_from_db()
    return associate


def tablet_of(token, **options):
    """A browser that carries a device's token."""
    client = Client(**options)
    client.cookies[COOKIE] = token
    return client


def type_pin(tablet, associate, pin=PIN, **more):
    return tablet.post("/staff/", {"who": associate.pk, "pin": pin, **more})


def has_word(text, word):
    """The whole word: a random token of a page may hold a short one."""
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def read(answer, status=200):
    """The page as a reader sees it: no tags, single blanks."""
    assert answer.status_code == status
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())
