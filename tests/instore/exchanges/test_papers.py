"""Both receipts say that they belong together, and neither calls goods money."""

import pytest
from django.db import transaction

from instore.receipts.issue import issue
from instore.receipts.written import written
from instore.returns.models import Method
from instore.returns.take_back import take_back
from shop.storefront.account.order import order_page
from shop.storefront.memory import Edition
from tests.instore.exchanges.conftest import sold, swap
from tests.instore.returns.conftest import back
from tests.instore.returns.conftest import key as return_key

pytestmark = pytest.mark.django_db


def paper(order, **more):
    with transaction.atomic():
        return written(issue(order=order), language="en", link="", **more)


def facts(said):
    return {one.label: one.value for one in said.facts}


def paid(said):
    return [(one.label, one.value) for one in said.paid]


def test_each_names_the_other(world):
    order = sold(world)
    first = paper(order)
    done = swap(world, order, {"HAT": 1})
    old, new = paper(order), paper(done.sale.order)
    assert facts(old)["Exchanged for"] == facts(new)["Number"] == done.sale.number
    assert facts(new)["Exchanged against"] == facts(old)["Number"] == "R-1"
    assert paid(first) == [("Cash", "Rp149,000")]
    assert paid(old) == [("Cash", "Rp149,000"), ("Taken in other goods", "-Rp149,000")]
    assert paid(new) == [("Goods brought back", "Rp149,000"), ("Cash", "Rp101,000")]
    assert old.marks == new.marks == ()
    assert "Exchanged against" not in facts(paper(done.sale.order, is_gift=True))


def test_what_comes_back_in_the_end_is_money_on_both(world):
    order = sold(world)
    done = swap(world, order, {"HAT": 1})
    take_back(order=done.sale.order, lines=back(done.sale.order, 1), method=Method.ORIGINAL, duty=world.duty,
              key=return_key())  # fmt: skip
    old, new = paper(order), paper(done.sale.order)
    assert paid(old) == [("Cash", "Rp149,000"), ("Went back: Cash", "-Rp149,000")]
    assert old.marks == new.marks == ("All of the money went back.",)
    assert ("Went back: Goods brought back", "-Rp149,000") in paid(new)


def test_account_says_what_it_was_exchanged_for_and_nothing_is_due(world):
    order = sold(world)
    done = swap(world, order, {"HAT": 1})
    page = order_page(order, edition=Edition(None))
    assert [one.taken for one in page.returns] == [done.sale.order.number]
    assert (page.in_goods, page.due) == (149000, 0)
    assert order_page(done.sale.order, edition=Edition(None)).due == 0
