"""A till speaks of somebody in the moment they are forgotten. The control locks no lane, and somebody loses."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from omni_sync.people.account import person_of
from omni_sync.people.models import Person
from omni_sync.people.signals import person_erased
from omni_sync.pos import drain as draining
from omni_sync.pos.drain import drain, drain_one
from omni_sync.pos.models import InboxEvent
from omni_sync.privacy import erase as erasing
from omni_sync.privacy.ask import ask
from omni_sync.privacy.carry_out import do_requests
from omni_sync.privacy.models import PrivacyRequest
from omni_sync.sales.models import Sale
from tests.factories import customer, make_connection, make_record, make_store, sale, states, tell, tell_all
from tests.omni_sync.people.conftest import account
from tests.stress.crowd import Pause, at_once, failures
from tests.stress.forgetting import apart, forget

pytestmark = pytest.mark.django_db(transaction=True)
WHO = {"email": "sari.quix@example.com", "name": "Sari Quixmelati"}


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether tills wait for who is being forgotten."""
    if not request.param:
        monkeypatch.setattr(erasing, "keep_lanes", lambda: None)
    return request.param


@pytest.fixture
def pause():
    """Stops the erasure when all receivers have written, before the person goes."""
    here = Pause()
    stop = here.before(lambda **_: None)
    person_erased.connect(stop, weak=False, dispatch_uid="tests.pause")
    yield here
    here.over.set()
    person_erased.disconnect(dispatch_uid="tests.pause")


@pytest.fixture
def applied(monkeypatch):
    """Says when a till's batch has written what it sold, and is about to end."""
    reached, mark = threading.Event(), draining._mark

    def marked(*args):
        reached.set()
        mark(*args)

    monkeypatch.setattr(draining, "_mark", marked)
    return reached


def test_a_sale_that_arrives_meanwhile_waits_and_is_recorded(guarded, pause, applied):
    store = make_store("menteng")
    make_record(store, sku="TEE", on_hand=5)
    till = make_connection(store, name="till")
    tell_all(till, customer(store, **WHO))
    applied.clear()
    bought = sale(store, "R-1", {"TEE": 1}, customer=WHO)
    tell(till, bought)
    with ThreadPoolExecutor(2) as two:
        forgetting = two.submit(apart, lambda: forget(Person.objects.get()))
        assert pause.reached.wait(30)
        selling = two.submit(apart, drain_one)
        if guarded:
            assert selling.result(30) == 0
        else:
            assert applied.wait(30)
        pause.over.set()
        assert failures([forgetting.result(60), selling.result(60)]) == []
    drain()
    assert states(bought) == (["applied"] if guarded else ["failed"])
    if guarded:
        assert (Sale.objects.get().number, Sale.objects.get().person) == ("R-1", None)
        assert not Person.objects.exists()
        assert not [row for row in InboxEvent.objects.values_list("payload", flat=True) if "Quix" in str(row)]


def test_a_request_is_done_by_one_of_many_workers():
    with transaction.atomic():
        person = person_of(user=account("sari@example.com"))
        ask(person=person, kind=PrivacyRequest.Kind.ERASURE, language="en")
    assert sum(at_once(do_requests, do_requests, do_requests)) == 1
    assert not Person.objects.exists()


def test_asked_twice_at_once_it_is_one_request():
    with transaction.atomic():
        person = person_of(user=account("sari@example.com"))

    def again():
        with transaction.atomic():
            return ask(person=person, kind=PrivacyRequest.Kind.EXPORT, language="en").pk

    assert len(set(at_once(again, again, again))) == 1
