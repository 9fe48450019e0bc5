"""Two tablets at one pickup, one nonce sent twice at once, many guesses at once."""

import pytest

from instore.pickup.code import code_of
from instore.pickup.models import PickupStep, State
from instore.tablet import tries as use_case
from instore.tablet.exceptions import TriesSpent
from instore.tablet.models import CodeTry, TabletAction
from instore.tablet.tries import take_try
from omni_sync.oscar.models import PaymentSource
from tests.instore.pickup.conftest import assert_books_are_right, bring
from tests.instore.places import make_store
from tests.instore.tablet.conftest import nonce, sign_in_at, tap
from tests.instore.tablets import make_device
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beside(on_duty, shop):
    return sign_in_at(shop.store, "Budi", device="Stock room")


def test_two_associates_start_and_one_is_told(on_duty, beside, pickup):
    answers = at_once(lambda: tap(on_duty, pickup, "begin", 1), lambda: tap(beside, pickup, "begin", 2))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert PickupStep.objects.filter(after="picking").count() == 1


def test_one_nonce_sent_twice_at_once_acts_once(on_duty, pickup):
    answers = at_once(*[lambda: tap(on_duty, pickup, "begin", 1)] * 4)
    assert [answer.status_code for answer in answers] == [302] * 4
    assert PickupStep.objects.filter(after="picking").count() == TabletAction.objects.count() == 1


def test_two_associates_hand_over_and_the_money_is_taken_once(on_duty, beside, pickup):
    bring(pickup, State.READY)
    for tablet in (on_duty, beside):
        tablet.post("/staff/collect/", {"code": code_of(pickup)})

    def hand_over(tablet, key):
        form = {"nonce": nonce(key), "method": "cash"}
        return tablet.post(f"/staff/collect/{pickup.order.number}/", form)

    answers = at_once(lambda: hand_over(on_duty, 1), lambda: hand_over(beside, 2))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert PaymentSource.objects.filter(order=pickup.pk).count() == 1
    assert_books_are_right()


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_of_many_codes_at_once_five_are_looked_at(db, monkeypatch, guarded):
    device = make_device(make_store("menteng"))[0]
    if not guarded:
        monkeypatch.setattr(use_case, "_watch", lambda store_id: use_case.CodeWatch(store_id=store_id))
        monkeypatch.setattr(use_case.CodeTry.objects, "create", Meeting(12).before(CodeTry.objects.create))
    outcomes = at_once(*[lambda: take_try(device=device)] * 12)
    assert failures(outcomes, TriesSpent) == []
    heard = CodeTry.objects.count()
    assert heard == 5 if guarded else heard > 5
