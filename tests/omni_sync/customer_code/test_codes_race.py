"""Two tablets try one code at once. The control takes what was read for the truth."""

import pytest
from django.db import transaction

from omni_sync.customer_code.exceptions import CodeOpensNothing
from omni_sync.customer_code.mint import mint
from omni_sync.customer_code.models import CustomerCode, CustomerCodeQuerySet
from omni_sync.customer_code.redeem import redeem
from omni_sync.people.account import person_of
from tests.factories import make_store
from tests.omni_sync.people.conftest import account
from tests.stress.crowd import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_one_of_many_uses_a_code(monkeypatch, guarded):
    place = make_store("menteng")
    with transaction.atomic():
        code = mint(person_id=person_of(user=account("ayu@example.com")).pk).code
    rows = CustomerCodeQuerySet.open if guarded else lambda rows, _: rows
    monkeypatch.setattr(CustomerCodeQuerySet, "open", Meeting(MANY).before(rows))
    outcomes = at_once(*[lambda: _use(code, place)] * MANY)
    won = [one for one in outcomes if isinstance(one, CustomerCode)]
    lost = [one for one in outcomes if isinstance(one, CodeOpensNothing)]
    assert len(won) + len(lost) == MANY
    assert (len(won) == 1) is guarded


def _use(code, place):
    with transaction.atomic():
        return redeem(said=code, place_id=place.pk)
