"""What the shopper's pickup page says of a bag that is not whole, and of who has it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, ShortReason
from instore.pickup.pick import mark_picked, mark_short
from instore.pickup.ready import mark_ready
from tests.instore.pickup.conftest import RINA, line_of, to_picking, to_ready
from tests.instore.pickup.test_page import shown
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
SORRY = "Not all of it was there"


def test_what_is_missing_is_said_with_the_way_out_until_it_is_over(pickup):
    assert SORRY not in read(shown(pickup))
    to_picking(pickup)
    mark_short(pickup_id=pickup.pk, line=line_of(pickup, "tee").pk, found=1, reason=ShortReason.NOT_FOUND, by=RINA)
    page = shown(pickup)
    assert SORRY in read(page)
    assert "all the rest goes into your bag" in read(page)
    assert page.content.decode().count("/cancel/") == 2
    mark_picked(pickup_id=pickup.pk, line=line_of(pickup, "hat").pk, quantity=1)
    mark_ready(pickup_id=pickup.pk, by=RINA)
    assert "all the rest is in your bag" in read(shown(pickup))
    hand_over(pickup_id=pickup.pk, by=RINA)
    assert SORRY not in read(shown(pickup))


@pytest.mark.parametrize(("note", "said"), [("Budi", "Budi has your things."), ("", "You have your things.")])
def test_who_has_it_is_said(pickup, note, said):
    Pickup.objects.update(friend="Budi")
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA, note=note)
    with CaptureQueriesContext(connection) as queries:
        page = read(shown(pickup))
    assert said in page
    assert "What you ordered" in page
    assert len(queries) <= 6, [query["sql"] for query in queries]
