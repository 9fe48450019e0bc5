"""Pages of one visit are asked for at once, and none forgets what another one remembered."""

from contextlib import nullcontext

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory

from kiosk.station import my_list, visit
from omni_sync.lists.anonymous import Want
from omni_sync.lists.models import AnonymousLine, AnonymousList
from tests.kiosk.station.conftest import kiosk_of, listed
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether a request looks what is kept by now before it changes anything."""
    if not request.param:
        monkeypatch.setattr(visit, "in_turn", lambda _: nullcontext())  # the middleware writes, at the end
    return request.param


def asked_by(kiosk):
    """A request of this browser that has read its session, and what the middleware does at its end."""
    request = RequestFactory().get("/kiosk/search/")
    request.COOKIES = {name: kept.value for name, kept in kiosk.cookies.items()}
    guard = SessionMiddleware(lambda _: HttpResponse())
    guard.process_request(request)
    assert request.session[visit.KEY]
    return request, lambda: guard.process_response(request, HttpResponse())


def other(kiosk):
    """The same browser, asking beside."""
    beside = Client()
    beside.cookies = kiosk.cookies.copy()
    return beside


def test_a_slow_page_does_not_forget_the_list(shop, kiosk, clock, guarded):
    clock.pass_by(10)
    slow, answered = asked_by(kiosk)
    other(kiosk).post(f"/kiosk/product/{shop.m.pk}/list/")
    visit.tap(slow)
    answered()
    assert (listed(kiosk) == [("Kawan tee", 1)]) is guarded


def test_things_listed_at_once_are_on_one_list(shop, kiosk, guarded, monkeypatch):
    monkeypatch.setattr(my_list.anonymous, "keep", Meeting(2).before(my_list.anonymous.keep))
    asked = [asked_by(kiosk) for _ in range(2)]

    def put(request, answered, product):
        my_list.put(request, [Want(product.pk)])
        answered()

    outcomes = at_once(
        *[
            lambda one=one, product=product: put(*one, product)
            for one, product in zip(asked, (shop.m, shop.l), strict=True)
        ]
    )
    assert failures(outcomes) == []
    assert AnonymousLine.objects.count() == 2
    assert (len(listed(kiosk)) == 2) is guarded
    assert (AnonymousList.objects.count() == 1) is guarded


def test_what_ends_later_brings_no_visit_back(shop, kiosk, clock):
    clock.pass_by(10)
    slow, answered = asked_by(kiosk)
    late, answered_too = asked_by(kiosk)
    before = kiosk.cookies["sessionid"].value
    other(kiosk).post("/kiosk/done/")
    visit.tap(slow)
    answered()
    assert my_list.put(late, [Want(shop.m.pk)]) == 0
    answered_too()
    assert not AnonymousList.objects.exists()
    again = kiosk_of(shop.store, name="Again")
    again.cookies["sessionid"] = before
    assert again.get("/kiosk/list/").url == "/kiosk/"


def test_a_list_that_is_put_together_while_the_visit_ends_is_deleted(shop, kiosk):
    late, answered = asked_by(kiosk)
    other(kiosk).post(f"/kiosk/product/{shop.m.pk}/list/")
    visit.end(late)
    answered()
    assert not AnonymousList.objects.exists()
