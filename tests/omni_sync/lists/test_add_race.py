"""Many hands put things on one list at once. The control has nobody wait for the other."""

import pytest

from omni_sync.lists import add
from omni_sync.lists.add import add_to_list
from omni_sync.oscar.models import WishLine, WishList
from tests.factories import make_product
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for the shopper's row."""
    if not request.param:
        monkeypatch.setattr(add, "take_turn", lambda _: None)
    return request.param


@pytest.fixture
def meeting(monkeypatch):
    """Holds up whoever found no list until a second one has found none either, or is clearly waiting at the guard."""
    monkeypatch.setattr(WishList, "save", Meeting(2).before(WishList.save))


def adding(user, product, adviser=None):
    return lambda: add_to_list(
        user_id=user.pk, product_id=product.pk, note="Try it." if adviser else "", adviser=adviser
    )


def test_things_added_at_once_are_all_on_one_list(ayu, guarded, meeting):
    outcomes = at_once(*[adding(ayu, make_product(f"Tee {number}")) for number in range(MANY)])
    assert failures(outcomes) == []
    assert WishLine.objects.filter(wishlist__owner=ayu).count() == MANY
    assert (WishList.objects.count() == 1) is guarded


def test_one_thing_added_at_once_is_one_line(ayu, sari):
    wanted = make_product()
    ayu.wishlists.create()
    outcomes = at_once(*[adding(ayu, wanted, sari) for _ in range(MANY)])
    assert failures(outcomes) == []
    line = WishLine.objects.get()
    assert (line.quantity, line.list_note.adviser_name) == (1, "Sari")
