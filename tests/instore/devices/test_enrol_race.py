"""Two people type the same code at the same instant: one device is enrolled. Really at once, in two connections."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from instore.devices import tokens
from instore.devices.enrol import enrol
from instore.devices.exceptions import CodeUsed
from instore.devices.invite import invite
from instore.devices.models import Device, EnrolmentCode, Kind
from instore.staff.models import StaffEvent
from tests.instore.places import make_store
from tests.instore.tablets import make_manager

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_type_the_code_at_once_one_wins(monkeypatch):
    code = invite(store=make_store("menteng"), kind=Kind.TABLET, name="Till side", by=make_manager()).code
    both, make = threading.Barrier(2, timeout=20), tokens.new_token

    def after_both_have_read_the_code():
        both.wait()
        return make()

    def type_it(_):
        try:
            return enrol(typed=code)[0]
        except CodeUsed as refusal:
            return refusal
        finally:
            connection.close()

    monkeypatch.setattr(tokens, "new_token", after_both_have_read_the_code)
    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(type_it, range(2)), key=lambda outcome: type(outcome).__name__)
    assert [type(outcome) for outcome in outcomes] == [CodeUsed, Device]
    assert Device.objects.get() == EnrolmentCode.objects.get().device
    assert sorted(StaffEvent.objects.values_list("kind", flat=True)) == ["code_made", "enrolled", "not_enrolled"]
