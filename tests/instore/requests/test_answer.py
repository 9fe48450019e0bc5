"""Staff say that they go, that they can't, that it is done; of two who say so at once one goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from instore.requests.answer import finish, leave, take
from instore.requests.ask import ask
from instore.requests.cancel import cancel
from instore.requests.exceptions import NoMoreWanted, RequestGone, WithSomebodyElse
from instore.requests.find import by_token
from instore.requests.models import Kind, Request, State
from instore.requests.signals import request_changed
from instore.requests.sweep import GOES, KEPT, WAITS, end_forgotten
from tests.instore.places import make_store

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(store, kiosk):
    return ask(store=store, kind=Kind.HELP, device=kiosk, key="nonce-of-a-form-1")


@pytest.fixture
def told(asked):
    states = []

    def hear(sender, request, **_):
        states.append(request.state)

    request_changed.connect(hear)
    yield states
    request_changed.disconnect(hear)


def test_asker_reads_who_comes_and_that_it_is_done(asked, store, sari, told):
    take(request_id=asked.pk, store=store, by=sari)
    assert str(by_token(asked.token).taken_by) == "Sari"
    finish(request_id=asked.pk, store=store, by=sari)
    assert by_token(asked.token).state == State.DONE
    assert told == [State.TAKEN, State.DONE]


def test_tapped_twice_is_done_once(asked, store, sari, told):
    for verb in (take, take, finish, finish):
        verb(request_id=asked.pk, store=store, by=sari)
    assert told == [State.TAKEN, State.DONE]


def test_second_associate_hears_who_goes(asked, store, sari, bagas, told):
    take(request_id=asked.pk, store=store, by=sari)
    for verb in (take, leave, finish):
        with pytest.raises(WithSomebodyElse) as refusal:
            verb(request_id=asked.pk, store=store, by=bagas)
        assert refusal.value.who == "Sari"
    assert told == [State.TAKEN]


def test_who_can_not_go_after_all_lets_it_ring_again(asked, store, sari, bagas, told):
    take(request_id=asked.pk, store=store, by=sari)
    leave(request_id=asked.pk, store=store, by=sari)
    take(request_id=asked.pk, store=store, by=bagas)
    assert told == [State.TAKEN, State.WAITING, State.TAKEN]


@pytest.mark.parametrize("verb", [take, leave, finish])
def test_nobody_goes_to_who_needs_nobody_any_more(asked, store, sari, verb):
    cancel(token=asked.token)
    with pytest.raises(NoMoreWanted) as refusal:
        verb(request_id=asked.pk, store=store, by=sari)
    assert refusal.value.state == State.CANCELLED


@pytest.mark.parametrize("verb", [take, leave, finish])
def test_request_of_another_store_is_none(asked, sari, verb):
    with pytest.raises(RequestGone):
        verb(request_id=asked.pk, store=make_store("dago"), by=sari)
    assert Request.objects.get().state == State.WAITING


def test_who_waited_for_nobody_has_gone_and_what_nobody_ended_is_done(store, kiosk, sari):
    old, taken, fresh = (ask(store=store, kind=Kind.HELP, device=kiosk, key=f"nonce-of-a-form-{n}") for n in range(3))
    now = timezone.now()
    take(request_id=taken.pk, store=store, by=sari)
    Request.objects.filter(pk=old.pk).update(asked_at=now - WAITS - timedelta(seconds=1))
    Request.objects.filter(pk=taken.pk).update(asked_at=now - WAITS * 2, taken_at=now - GOES - timedelta(seconds=1))
    assert end_forgotten() == 2
    states = [by_token(one.token).state for one in (old, taken, fresh)]
    assert states == [State.CANCELLED, State.DONE, State.WAITING]
    assert end_forgotten() == 0


def test_what_was_asked_long_ago_is_forgotten(asked, store, sari):
    finish(request_id=asked.pk, store=store, by=sari)
    Request.objects.update(ended_at=timezone.now() - KEPT - timedelta(seconds=1))
    end_forgotten()
    assert not Request.objects.exists()
