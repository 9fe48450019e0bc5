"""What the account's pages ask of the database, at one row and at fifty."""

import pytest

from omni_sync.oscar.models import OrderLine

pytestmark = pytest.mark.django_db


def cost(client, path, limit, most):
    client.get(path)
    with limit(most) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_of_orders_costs_the_same_at_one_and_at_fifty(
    member, budi, ordered, sold, django_assert_max_num_queries
):
    ordered(budi, "100001")
    sold(budi, "menteng-R1")
    few = cost(member, "/accounts/orders/", django_assert_max_num_queries, 10)
    for number in range(25):
        ordered(budi, f"2{number:05}", titles=("Tee", "Cap"))
        sold(budi, f"menteng-S{number}")
    assert cost(member, "/accounts/orders/", django_assert_max_num_queries, 10) == few


def test_an_order_costs_the_same_at_one_line_and_at_fifty(member, budi, ordered, django_assert_max_num_queries):
    order = ordered(budi, "100001")
    few = cost(member, "/accounts/orders/100001/", django_assert_max_num_queries, 16)
    more = ordered(None, "other", titles=[f"Thing {number}" for number in range(50)])
    OrderLine.objects.filter(order=more).update(order=order)
    assert cost(member, "/accounts/orders/100001/", django_assert_max_num_queries, 16) == few


def test_the_overview_costs_the_same_whatever_there_is(member, budi, ordered, django_assert_max_num_queries):
    few = cost(member, "/accounts/", django_assert_max_num_queries, 14)
    for number in range(3):
        ordered(budi, f"10000{number}")
    assert cost(member, "/accounts/", django_assert_max_num_queries, 14) == few + 1
