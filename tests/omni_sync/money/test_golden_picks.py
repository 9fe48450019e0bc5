"""The golden picks: what was not found costs nothing, and all who name the rest name the same sum."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from oscar.core.loading import get_class

from instore.pickup.hand_over import hand_over
from instore.pickup.models import ShortReason
from instore.pickup.owed import owed
from instore.pickup.pick import begin, mark_short
from instore.pickup.ready import mark_ready
from instore.receipts.paper import paper_of
from instore.tills.answer import answer
from omni_sync.carts.fulfilment import choose
from omni_sync.sales.models import Sale
from tests.factories import make_connection, make_line, sale, tell_all
from tests.instore.pickup import conftest as pickups
from tests.instore.places import make_product, make_store, put
from tests.omni_sync.money.test_golden_baskets import make_offer
from tests.omni_sync.money.vectors import vectors

pytestmark = pytest.mark.django_db
basket, order, product, request_of, strategy = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy,
)  # fmt: skip


@pytest.fixture
def picked(basket, order):
    """Makes a pickup of the vector's pieces, some of them free, of which no more are found than are kept."""

    def make(vector, store):
        record = put(make_product("Tee"), store.partner, 20, sku=f"TEE-{vector['name']}", price=vector["price"])
        ours = basket((record.product, vector["quantity"]))
        choose(basket=ours, place=store.partner)
        if vector["free"]:
            make_offer({**vector, "offer": ["multibuy", "1"]}, ours)
            ours.reset_offer_applications()
            get_class("offer.applicator", "Applicator")().apply(ours, AnonymousUser(), None)
        pickup = order(from_basket=ours).pickup
        begin(pickup_id=pickup.pk, by=pickups.RINA)
        line = pickup.lines.get()
        facts = {"found": vector["kept"], "reason": ShortReason.NOT_FOUND, "by": pickups.RINA}
        correction = mark_short(pickup_id=pickup.pk, line=line.pk, **facts)
        assert correction.amount == Decimal(vector["goes"]), vector["name"]
        return pickup

    return make


def test_whoever_names_the_sum_of_a_short_bag_names_the_same(picked):
    store = make_store("menteng")
    for vector in vectors("picks"):
        pickup = picked(vector, store)
        paper, stays = paper_of(pickup.order), Decimal(vector["stays"])
        assert pickup.order.lines.get().line_price_incl_tax == Decimal(vector["whole"])
        assert (paper.total, sum(line.gross for line in paper.lines), paper.adds_up) == (stays, stays, True)
        told = answer(pickup)
        assert (owed(pickup).due, told["due"], told["lines"][0]["amount"]) == (stays, str(stays), str(stays))


def test_sale_of_a_short_bag_is_what_was_in_it(picked):
    store, vector = make_store("menteng"), vectors("picks")[1]
    pickup = picked(vector, store)
    mark_ready(pickup_id=pickup.pk, by=pickups.RINA)
    hand_over(pickup_id=pickup.pk, by=pickups.RINA)
    assert Sale.objects.get().total == Decimal(vector["stays"]) == paper_of(pickup.order).total


def test_sale_of_a_short_bag_at_a_till_is_what_was_in_it(picked):
    store, vector = make_store("menteng"), vectors("picks")[1]
    pickup = picked(vector, store)
    mark_ready(pickup_id=pickup.pk, by=pickups.RINA)
    line = make_line(
        1, f"TEE-{vector['name']}", vector["kept"], unit_price=vector["price"], amount=vector["stays"],
        order=str(pickup.order.number), order_line="1",
    )  # fmt: skip
    tell_all(make_connection(store.partner), sale(store.partner, "R-1", [line]))
    told, paper = Sale.objects.get(), paper_of(pickup.order)
    assert (told.total, told.flags, paper.total) == (Decimal(vector["stays"]), [], Decimal(vector["stays"]))
    assert sum(one.amount for one in paper.paid) == paper.total
