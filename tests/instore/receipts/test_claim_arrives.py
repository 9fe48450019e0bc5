"""Scanned before or after its sale is told: the account ends with the same."""

from itertools import permutations

import pytest
from django.db import transaction
from django.utils import timezone

from instore.receipts.claims.arrive import complete_waiting
from instore.receipts.claims.claim import claim
from instore.receipts.claims.exceptions import AlreadyClaimed, SaleTakenBack
from instore.receipts.claims.models import Claim
from instore.receipts.exceptions import ReceiptUnknown
from omni_sync.people.models import Touchpoint
from omni_sync.pos.models import InboxEvent
from omni_sync.sales.models import Sale
from tests.factories import make_connection, tell_all, voided
from tests.instore.receipts.homes import CLAIM, make_shop, make_user, stock, told

pytestmark = pytest.mark.django_db
OTHER = "z9" * 13


@pytest.fixture
def store(db):
    return make_shop()


@pytest.fixture
def till(store):
    return make_connection(store.partner, name="till")


def quiet_claim(user, token=CLAIM):
    """Whatever the answer is."""
    try:
        claim(token=token, user=user)
    except (AlreadyClaimed, ReceiptUnknown, SaleTakenBack):
        return


@pytest.mark.parametrize(
    "order", list(permutations(["budi scans", "the till tells", "budi scans again", "told again"]))
)
def test_the_account_ends_with_it_in_any_order(store, till, order):
    budi, event = make_user(), told(store)
    acts = {
        "budi scans": lambda: claim(token=CLAIM, user=budi),
        "budi scans again": lambda: claim(token=CLAIM, user=budi),
        "the till tells": lambda: tell_all(till, event),
        "told again": lambda: tell_all(till, event),
    }
    for act in order:
        acts[act]()
    row, made = Sale.objects.get(), Claim.objects.get()
    assert row.person.user == budi
    assert (made.order, made.expires_at) == (row.order, None)
    assert Touchpoint.objects.get().key == f"sale:{row.pk}"
    assert [(sku, left) for _, sku, left, _, _ in stock()] == [("TEE", 8)]


@pytest.mark.parametrize("order", list(permutations(["budi", "sari", "sale"])))
def test_whoever_scans_first_has_it_in_any_order(store, till, order):
    users = {"budi": make_user("budi"), "sari": make_user("sari")}
    for act in order:
        quiet_claim(users[act]) if act in users else tell_all(till, told(store))
    first = next(act for act in order if act in users)
    assert Sale.objects.get().person.user == users[first]
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("order", list(permutations(["scan", "sale", "void"])))
def test_what_is_taken_back_is_on_no_timeline_in_any_order(store, till, order):
    budi, at = make_user(), timezone.now()
    for act in order:
        if act == "scan":
            quiet_claim(budi)
        else:
            tell_all(till, told(store, at=at) if act == "sale" else voided(store.partner, sale="R-1", at=at))
    assert Sale.objects.get().voided_at
    assert not Touchpoint.objects.exists()


def test_sales_of_one_delivery_each_find_their_claim(store, till):
    budi, sari = make_user("budi"), make_user("sari")
    claim(token=CLAIM, user=budi)
    claim(token=OTHER, user=sari)
    tell_all(till, told(store, "R-1"), told(store, "R-2", claim=OTHER), told(store, "R-3", claim=""))
    found = dict(Sale.objects.values_list("number", "person__user__first_name"))
    assert found == {"R-1": "budi", "R-2": "sari", "R-3": None}


def test_two_sales_of_one_delivery_with_one_claim_complete_nothing(store, till):
    claim(token=CLAIM, user=make_user())
    tell_all(till, told(store, "R-1"), told(store, "R-2"))
    assert not Sale.objects.exclude(person=None).exists()
    assert Claim.objects.get().order is None


def test_a_member_whom_the_till_knew_keeps_what_somebody_else_had_scanned(store, till):
    budi, sari = make_user("budi"), make_user("sari")
    tell_all(till, told(store, "R-0", claim="", customer={"loyalty": "L-1"}))
    person = Sale.objects.get().person
    person.user = sari
    person.save()
    claim(token=CLAIM, user=budi)
    tell_all(till, told(store, customer={"loyalty": "L-1"}))
    assert Sale.objects.get(number="R-1").person.user == sari
    assert Claim.objects.get().order is None
    assert set(InboxEvent.objects.values_list("state", flat=True)) == {"applied"}


def test_the_till_is_asked_one_thing_more_for_all_its_sales(store, django_assert_max_num_queries):
    till = make_connection(store.partner, name="till")
    tell_all(till, *(told(store, f"R-{n}", claim="") for n in range(50)))
    ids = list(Sale.objects.values_list("pk", flat=True))
    with transaction.atomic(), django_assert_max_num_queries(1):
        assert complete_waiting(sale_ids=ids) == 0
    Sale.objects.update(claim_hash="ab" * 32)
    with transaction.atomic(), django_assert_max_num_queries(2):
        assert complete_waiting(sale_ids=ids) == 0
