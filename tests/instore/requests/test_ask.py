"""Who asks is given a number, and what opens their own view; asked twice it is one request."""

import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from instore.requests import ask as asking
from instore.requests.ask import MOST_LINES, MOST_OF_ONE, Wanted, ask
from instore.requests.cancel import cancel
from instore.requests.exceptions import NothingAsked, RequestGone, StoreClosed, TooManyWait
from instore.requests.find import READABLE_FOR, by_token, open_in
from instore.requests.models import NUMBERS, Kind, Request, State, To
from tests.factories import make_product
from tests.instore.places import make_store

pytestmark = pytest.mark.django_db(transaction=True)


def key(number=0):
    return f"nonce-of-a-form-{number:04}"


def help_at(store, number=0, **more):
    return ask(store=store, kind=Kind.HELP, key=key(number), **more)


def test_numbers_are_counted_up_and_each_store_has_its_own(store):
    assert [help_at(store, n).number for n in range(3)] == [1, 2, 3]
    assert help_at(make_store("dago"), 9).number == 1


def test_number_of_who_waits_is_not_given_again(store):
    first = help_at(store)
    for n in range(1, NUMBERS):
        cancel(token=help_at(store, n).token)
    assert help_at(store, NUMBERS).number == first.number + 1


def test_ninety_nine_wait_and_the_next_is_refused_with_nothing_written(store):
    for n in range(NUMBERS):
        help_at(store, n)
    with pytest.raises(TooManyWait):
        help_at(store, NUMBERS)
    assert Request.objects.count() == NUMBERS
    Request.objects.filter(number=7).update(state=State.DONE, ended_at=timezone.now())
    assert help_at(store, NUMBERS).number == 7


def test_same_form_sent_twice_asks_once_and_opens_the_same_view(store):
    assert help_at(store) == help_at(store)
    assert Request.objects.count() == 1


@pytest.mark.parametrize("short", ["", "0123456789abcde", "x" * 65])
def test_key_that_could_be_guessed_is_refused(store, short):
    with pytest.raises(ValueError, match="nonce"):
        ask(store=store, kind=Kind.HELP, key=short)


def test_what_is_to_be_brought_is_kept_once_each_and_bounded(store):
    shoe, bag = make_product("Shoe"), make_product("Bag")
    hidden = make_product("Hidden")
    hidden.is_public = False
    hidden.save()
    wants = [Wanted(shoe.pk, 2), Wanted(bag.pk), Wanted(shoe.pk), Wanted(hidden.pk), Wanted(bag.pk, 999)]
    asked = ask(store=store, kind=Kind.BRING, wants=wants, to=To.FITTING_ROOM, key=key())
    lines = by_token(asked.token).lines.all()
    assert {line.product_id: line.quantity for line in lines} == {shoe.pk: 3, bag.pk: MOST_OF_ONE}


def test_more_lines_than_somebody_carries_are_left_out(store):
    products = [make_product(f"Shoe {n}") for n in range(MOST_LINES + 2)]
    asked = ask(store=store, kind=Kind.BRING, wants=[Wanted(product.pk) for product in products], key=key())
    assert by_token(asked.token).lines.count() == MOST_LINES


def test_nothing_to_be_brought_is_refused_and_takes_no_number(store):
    with pytest.raises(NothingAsked):
        ask(store=store, kind=Kind.BRING, wants=[Wanted(0)], key=key())
    assert help_at(store, 1).number == 1


def test_closed_store_is_not_rung_from_a_phone_but_from_its_own_kiosk(closed):
    with pytest.raises(StoreClosed) as refusal:
        help_at(closed)
    assert refusal.value.opens is None
    device = asking.Device.objects.create(kind="kiosk", name="Door", store=closed, digest=b"x" * 32)
    assert help_at(closed, device=device).number == 1


def test_token_opens_its_request_and_no_other_and_is_not_stored(store):
    asked, other = help_at(store), help_at(store, 1)
    assert by_token(asked.token).pk == asked.pk
    assert asked.token != other.token
    row = Request.objects.get(pk=asked.pk)
    assert asked.token not in f"{row.__dict__}"
    for wrong in ("", "x" * 43, asked.token[:-1], "\ud800"):
        with pytest.raises(RequestGone):
            by_token(wrong)


def test_how_it_ended_is_read_for_an_hour(store):
    asked = help_at(store)
    assert cancel(token=asked.token)
    assert by_token(asked.token).state == State.CANCELLED
    Request.objects.update(ended_at=timezone.now() - READABLE_FOR)
    with pytest.raises(RequestGone):
        by_token(asked.token)


def test_cancelled_twice_is_cancelled_once(store):
    asked = help_at(store)
    assert [cancel(token=asked.token), cancel(token=asked.token), cancel(token="x")] == [True, False, False]


@pytest.mark.parametrize("waiting", [1, 20])
def test_open_requests_are_read_in_two_queries(store, waiting, django_assert_num_queries):
    product = make_product("Shoe")
    for n in range(waiting):
        help_at(store, n, wants=[Wanted(product.pk)])
    with django_assert_num_queries(2):
        rows = list(open_in(store))
        assert [row.number for row in rows] == list(range(1, waiting + 1))
        assert [line.product.get_title() for row in rows for line in row.lines.all()] == ["Shoe"] * waiting


def race(store, number):
    """``number`` who ask at once; what each was told."""
    told, ready = [], threading.Barrier(number)

    def one(n):
        ready.wait()
        try:
            told.append(help_at(store, n).number)
        except Exception as failure:  # what is told is what is looked at
            told.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_eight_who_ask_at_once_have_eight_numbers(store):
    assert sorted(race(store, 8)) == list(range(1, 9))


def test_control_without_turns_numbers_collide(store, monkeypatch):
    together = threading.Barrier(8)

    def no_turn(store):
        asking.LastNumber.objects.bulk_create([asking.LastNumber(store=store)], ignore_conflicts=True)
        found = asking.LastNumber.objects.get(store=store)
        together.wait()
        return found

    asking.LastNumber.objects.create(store=store)
    monkeypatch.setattr(asking, "_turn", no_turn)
    told = race(store, 8)
    assert any(isinstance(one, Exception) for one in told)
    assert connection.is_usable()
