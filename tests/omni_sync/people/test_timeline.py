"""Every contact is on the timeline once, in the transaction of what it tells of."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from omni_sync.oscar.models import Basket, Order
from omni_sync.oscar.signals import order_promised
from omni_sync.people.consent import Statement, note
from omni_sync.people.models import Person, Touchpoint
from omni_sync.people.timeline import Touch, gathering, take_back, timeline_of, touch
from omni_sync.pos.drain import drain
from omni_sync.sales.handover import hand_over_all
from tests.factories import (
    NOON,
    customer,
    make_connection,
    make_record,
    make_store,
    returned,
    sale,
    tell,
    tell_all,
    voided,
)
from tests.omni_sync.people.conftest import account, look, someone

pytestmark = pytest.mark.django_db
SARI = {"loyalty": "L-1"}


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store)
    return store


@pytest.fixture
def till(store):
    return make_connection(store, name="till")


def kinds():
    return sorted(Touchpoint.objects.values_list("kind", flat=True))


def a_touch(person, key="sale:1", **more):
    return Touch(person.pk, "till", "sale", NOON, key, **more)


def test_what_a_till_sells_and_takes_back_is_on_the_timeline(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer=SARI), returned(store, "B-1", {"TEE": 1}, customer=SARI))
    rows = timeline_of(Person.objects.get())
    assert {(row.kind, row.channel, row.store, row.data["number"]) for row in rows} == {
        ("sale", "till", store, "R-1"), ("return", "till", store, "B-1"),
    }  # fmt: skip
    assert {row.at for row in rows} == {NOON}


def test_what_nobody_bought_is_nobodys(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}), returned(store, "B-1", {"TEE": 1}))
    assert kinds() == []


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", [True, False], ids=["void first", "void last"])
def test_what_was_voided_never_happened(till, store, together, first):
    sold = [sale(store, "R-1", {"TEE": 1}, customer=SARI), returned(store, "B-1", {"TEE": 1}, customer=SARI)]
    void = [voided(store, sale="R-1"), voided(store, **{"return": "B-1"})]
    events = [*void, *sold] if first else [*sold, *void]
    for batch in [events] if together else [[event] for event in events]:
        tell_all(till, *batch)
    assert kinds() == []


def test_a_void_of_a_sale_takes_its_return_back(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer=SARI))
    tell_all(till, returned(store, "B-1", {"TEE": 1}, of="R-1", customer=SARI))
    assert kinds() == ["return", "sale"]
    tell_all(till, voided(store, sale="R-1"))
    assert kinds() == []


def test_a_batch_writes_its_contacts_in_one_statement(till, store):
    consents = [{"channel": "email", "purpose": "marketing", "state": "granted"}]
    tell(
        till,
        *(sale(store, f"R-{n}", {"TEE": 1}, customer={"loyalty": f"L-{n}"}) for n in range(5)),
        *(returned(store, f"B-{n}", {"TEE": 1}, customer={"loyalty": f"L-{n}"}) for n in range(3)),
        customer(store, email="a@example.com", consents=consents),
    )
    with CaptureQueriesContext(connection) as asked:
        drain()
    about = [query["sql"] for query in asked if "omni_sync_touchpoint" in query["sql"]]
    assert (len(about), Touchpoint.objects.count()) == (1, 9)


def test_a_consent_is_a_contact(store):
    person = someone()
    note(statements=[Statement(person.pk, "email", "marketing", "granted", NOON, "Yes")], source="web")
    note(statements=[Statement(person.pk, "email", "marketing", "withdrawn")], source="till", store_id=store.pk)
    said = timeline_of(person).order_by("pk").values_list("channel", "store", "data__state")
    assert list(said) == [("web", None, "granted"), ("till", store.pk, "withdrawn")]


def test_what_an_account_orders_and_gets_is_on_its_timeline(store):
    user = account("sari@example.com")
    order = Order.objects.create(
        number="100", user=user, currency="IDR", total_incl_tax=1, total_excl_tax=1,
        shipping_incl_tax=0, shipping_excl_tax=0, site_id=1,
    )  # fmt: skip
    for _ in range(2):
        order_promised.send(sender=Order, order=order, basket=Basket(), asked={})
    hand_over_all(order=order, store_id=store.pk, associate="Rani", register="tablet 1")
    rows = timeline_of(Person.objects.get(user=user)).order_by("pk").values_list("kind", "channel", "data__number")
    assert list(rows) == [("order", "web", "100"), ("sale", "tablet", "100")]


def test_the_timeline_is_of_the_human_newest_first():
    a, b, c = (someone(("email", "a@example.com", True)) for _ in range(3))
    touch([a_touch(a), a_touch(b, "sale:2"), a_touch(c, "sale:3"), a_touch(someone(), "sale:4")])
    look(a, b)
    c.refresh_from_db()
    assert [row.key for row in timeline_of(c)] == ["sale:3", "sale:2", "sale:1"]


def test_a_contact_is_written_once():
    person = someone()
    for _ in range(2):
        touch([a_touch(person), a_touch(person)])
    assert Touchpoint.objects.count() == 1


def test_what_is_gathered_is_written_at_the_end_unless_it_was_taken_back():
    person = someone()
    touch([a_touch(person, "sale:0")])
    with gathering():
        touch([a_touch(person, "sale:1"), a_touch(person, "sale:2")])
        take_back(["sale:0", "sale:1"])
        assert Touchpoint.objects.count() == 0
    assert [row.key for row in timeline_of(person)] == ["sale:2"]


def test_what_fails_has_touched_nobody():
    person = someone()

    def fail():
        with transaction.atomic(), gathering():
            touch([a_touch(person)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    touch([a_touch(person, "sale:2")])
    assert [row.key for row in timeline_of(person)] == ["sale:2"]
