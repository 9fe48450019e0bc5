"""Oscar's own reports, with orders that came from a till."""

import csv

import pytest
from django.utils import timezone

from omni_sync.pos.drain import drain
from tests.factories import make_connection, make_record, make_store, sale, tell


@pytest.mark.django_db
@pytest.mark.parametrize("as_file", [False, True])
def test_the_list_of_orders_has_those_of_nobody(admin_client, as_file):
    store = make_store("menteng")
    make_record(store)
    tell(make_connection(store), sale(store, "R-1", {"TEE": 1}))
    drain()
    asked = {"report_type": "order_report", "date_from": "2020-01-01", "date_to": timezone.now().date().isoformat()}
    answer = admin_client.get("/dashboard/reports/", asked | ({"download": "on"} if as_file else {}))
    assert answer.status_code == 200
    if as_file:
        _, (number, name, email, *_) = csv.reader(answer.content.decode("utf-8-sig").splitlines())
        assert (number, name, email) == ("menteng-R-1", "", "")
    else:
        assert "menteng-R-1" in answer.content.decode()
