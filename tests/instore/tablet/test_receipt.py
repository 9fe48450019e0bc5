"""A bag that was handed over has its receipt, on the same page."""

import pytest

from instore.receipts.address import link_of
from instore.receipts.models import Receipt
from instore.receipts.pdf import symbol
from tests.instore.tablet import test_collect as counter

ready, at_the_counter = counter.ready, counter.at_the_counter
pytestmark = pytest.mark.django_db


def test_receipt_is_there_once_the_bag_is_handed_over(at_the_counter, ready):
    before = at_the_counter.get(counter.bag(ready)).content.decode()
    assert "print-receipt" not in before
    counter.hand_over(at_the_counter, ready, method="cash")
    page = at_the_counter.get(counter.bag(ready)).content.decode()
    assert symbol(link_of(Receipt.objects.get(order=ready.order))) in page
    assert "print-receipt" in page
