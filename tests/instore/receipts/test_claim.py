"""A purchase comes into one account, once; nothing else of it changes."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from instore.receipts.claims.claim import MOST_WAITING, claim
from instore.receipts.claims.exceptions import (
    AllReturned,
    AlreadyClaimed,
    NotAToken,
    SaleTakenBack,
    TooManyWaiting,
    TooOldToClaim,
)
from instore.receipts.claims.models import Claim
from instore.receipts.claims.tasks import forget_claims
from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.find import of_owner
from instore.receipts.gift import gift_token
from instore.receipts.issue import issue
from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Order, PaymentSource, PaymentSourceType
from omni_sync.people.account import person_of
from omni_sync.people.merge import merge, undo
from omni_sync.people.models import Identifier, Person, Touchpoint
from omni_sync.people.sizes.typed import sizes_of
from omni_sync.sales.correct import replace_sale
from omni_sync.sales.models import Flag, Sale
from omni_sync.seal import unseal
from omni_sync.stock.models import Movement
from tests.factories import make_connection, make_product, make_record, returned, sale, tell_all, voided
from tests.instore.receipts.homes import CLAIM, make_shop, make_user, sold, stock, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(db):
    return make_shop()


@pytest.fixture
def till(store):
    return make_connection(store.partner, name="till")


@pytest.fixture
def budi(db):
    return make_user("budi")


@pytest.fixture
def sari(db):
    return make_user("sari")


def buyer(number="R-1"):
    """Whose account the sale is in."""
    return Sale.objects.get(number=number).person.user


def joined(*persons):
    with transaction.atomic():
        merge(person_ids=tuple(person.pk for person in persons), by=make_user("office"))


def person(user):
    with transaction.atomic():
        return person_of(user=user)


def test_what_a_till_sold_to_nobody_is_in_the_account(store, till, budi):
    order = sold(store, till=till)
    outcome = claim(token=CLAIM, user=budi)
    assert (outcome.order, outcome.is_new) == (order, True)
    assert buyer() == budi
    touch = Touchpoint.objects.get()
    assert (touch.person.user, touch.kind, touch.store, touch.data) == (budi, "sale", store.partner, {"number": "R-1"})


def test_claimed_twice_it_is_there_once(store, till, budi):
    sold(store, till=till)
    assert [claim(token=CLAIM, user=budi).is_new for _ in range(3)] == [True, False, False]
    assert Claim.objects.count() == Touchpoint.objects.count() == 1


def test_a_claim_moves_neither_stock_nor_money(store, till, budi):
    sold(store, till=till)
    rows = (Movement, PaymentSource, Order)

    def before_and_after():
        return stock(), [list(model.objects.order_by("pk").values()) for model in rows]

    before = before_and_after()
    claim(token=CLAIM, user=budi)
    assert before_and_after() == before


def test_a_token_of_ours_claims_what_the_till_printed_none_for(store, till, budi):
    order = sold(store, till=till, claim="")
    with transaction.atomic():
        token = unseal(issue(order=order).sealed)
    assert claim(token=f"https://shop.example/r/{token}/?utm=x", user=budi).order == order


def test_nobody_else_can_add_it_and_nobody_is_told_whose_it_is(store, till, budi, sari):
    sold(store, till=till)
    claim(token=CLAIM, user=budi)
    with pytest.raises(AlreadyClaimed) as refusal:
        claim(token=CLAIM, user=sari)
    assert "budi" not in f"{refusal.value!r}{refusal.value.__dict__}"
    assert buyer() == budi


def test_what_a_member_bought_with_their_number_is_nobody_elses(store, till, budi, sari):
    sold(store, till=till, customer={"loyalty": "L-1"})
    Person.objects.filter(identifiers__value="L-1").update(user=budi)
    with pytest.raises(AlreadyClaimed):
        claim(token=CLAIM, user=sari)
    assert not claim(token=CLAIM, user=budi).is_new
    assert buyer() == budi


def test_the_paper_counts_more_than_an_address_that_somebody_told_the_till(store, till, budi):
    sold(store, till=till, customer={"email": "typed.wrong@example.com"})
    claim(token=CLAIM, user=budi)
    assert buyer() == budi
    assert Touchpoint.objects.get().person.user == budi
    assert Claim.objects.get().instead_of == Identifier.objects.get(value="typed.wrong@example.com").person


def test_it_is_of_the_human_whichever_row_is_theirs(store, till, budi, sari):
    sold(store, till=till)
    claim(token=CLAIM, user=budi)
    joined(person(budi), person(sari))
    assert not claim(token=CLAIM, user=sari).is_new


def test_what_was_taken_back_is_nobodys(store, till, budi):
    sold(store, till=till)
    tell_all(till, voided(store.partner, sale="R-1", at=timezone.now()))
    with pytest.raises(SaleTakenBack):
        claim(token=CLAIM, user=budi)
    assert not Claim.objects.exists()


def test_taken_back_after_it_was_added_it_is_flagged(store, till, budi):
    sold(store, till=till)
    claim(token=CLAIM, user=budi)
    tell_all(till, voided(store.partner, sale="R-1", at=timezone.now()))
    row = Sale.objects.get()
    assert row.flags == [Flag.VOIDED_AFTER_CLAIM]
    assert not Touchpoint.objects.exists()


def test_what_came_back_cannot_be_added_and_what_did_not_can(store, till, budi):
    tell_all(till, told(store, "R-1"), told(store, "R-2", claim="z9" * 13))
    tell_all(till, returned(store.partner, "B-1", {"TEE": 1}, of="R-1", at=timezone.now()))
    with pytest.raises(AllReturned):
        claim(token=CLAIM, user=budi)
    assert claim(token="z9" * 13, user=budi).is_new


def test_what_was_bought_long_ago_cannot_be_added(store, till, budi, settings):
    sold(store, till=till, at=timezone.now() - timedelta(days=31))
    settings.LINTAS_CLAIM_DAYS = 30
    with pytest.raises(TooOldToClaim) as refusal:
        claim(token=CLAIM, user=budi)
    assert refusal.value.days == 30
    settings.LINTAS_CLAIM_DAYS = 32
    assert claim(token=CLAIM, user=budi).is_new


def test_a_gift_receipt_claims_nothing(store, till, budi):
    order = sold(store, till=till)
    with transaction.atomic():
        token = gift_token(receipt=issue(order=order))
    with pytest.raises(ReceiptUnknown):
        claim(token=token, user=budi)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "said", ["", "R-1", "menteng-R-1", "k7" * 10, "x" * 129, "\ud800" * 30, "https://a.example/r/"]
)
def test_what_can_be_guessed_opens_nothing(store, till, budi, said):
    sold(store, till=till)
    with pytest.raises(NotAToken):
        claim(token=said, user=budi)
    assert not Claim.objects.exists()


def test_two_sales_with_one_claim_are_nobodys(store, till, budi):
    tell_all(till, told(store, "R-1"), told(store, "R-2"))
    with pytest.raises(ReceiptUnknown):
        claim(token=CLAIM, user=budi)
    assert not Claim.objects.exists()


def test_an_account_waits_for_so_many_and_no_more(budi):
    for number in range(MOST_WAITING):
        claim(token=f"{number:026}", user=budi)
    with pytest.raises(TooManyWaiting):
        claim(token=CLAIM, user=budi)
    assert not claim(token=f"{0:026}", user=budi).is_new


def test_what_waited_a_month_is_forgotten_and_free(store, till, budi, sari):
    claim(token=CLAIM, user=budi)
    with pytest.raises(AlreadyClaimed):
        claim(token=CLAIM, user=sari)
    Claim.objects.update(expires_at=timezone.now())
    assert claim(token=CLAIM, user=sari).is_new
    Claim.objects.update(expires_at=timezone.now())
    assert forget_claims() == 1
    sold(store, till=till)
    assert Sale.objects.get().person is None


def test_the_size_of_what_was_added_is_known(store, till, budi):
    item = make_product("Runner, 42")
    describe(product=item, size="42", size_system="EU")
    make_record(store.partner, product=item, sku="RUN-42", on_hand=3)
    tell_all(till, sale(store.partner, "R-1", {"RUN-42": 1}, claim=CLAIM, at=timezone.now()))
    assert sizes_of(user_id=budi.pk) == {}
    claim(token=CLAIM, user=budi)
    assert sizes_of(user_id=budi.pk) == {"EU": "42"}


@pytest.fixture
def guests_order(db):
    """Ordered on the web without an account, and paid."""
    facts = {"total_incl_tax": 149000, "total_excl_tax": 149000, "currency": "IDR", "status": "Complete"}
    order = Order.objects.create(number="100077", guest_email="tamu@example.com", **facts)
    kind = PaymentSourceType.objects.create(code="card", name="card")
    PaymentSource.objects.create(order=order, source_type=kind, currency="IDR", amount_debited=149000)
    return order


def test_what_a_guest_ordered_is_the_accounts_as_with_a_proved_address(guests_order, budi, sari):
    with transaction.atomic():
        token = unseal(issue(order=guests_order).sealed)
    assert claim(token=token, user=budi).is_new
    guests_order.refresh_from_db()
    assert guests_order.user == budi
    assert Touchpoint.objects.get().kind == Touchpoint.Kind.ORDER
    assert not claim(token=token, user=budi).is_new
    with pytest.raises(AlreadyClaimed):
        claim(token=token, user=sari)


def test_what_an_account_ordered_is_nobody_elses(guests_order, budi, sari):
    Order.objects.update(user=budi, guest_email="")
    with transaction.atomic():
        token = unseal(issue(order=guests_order).sealed)
    with pytest.raises(AlreadyClaimed):
        claim(token=token, user=sari)
    assert not claim(token=token, user=budi).is_new


def test_what_is_corrected_after_it_was_added_stays_in_the_account(store, till, budi):
    sold(store, till=till)
    claim(token=CLAIM, user=budi)
    with transaction.atomic():
        replace_sale(source="till", store_id=store.partner_id, number="R-1", at=timezone.now())
    right = sold(store, "R-1 corrected", till=till)
    assert buyer("R-1 corrected") == budi
    assert Claim.objects.get().order == right
    assert of_owner(user=budi, number=str(right.number)).order == right


def test_what_was_claimed_while_two_rows_were_one_stays_with_who_holds_the_paper(store, till, budi):
    sold(store, till=till, customer={"loyalty": "L-1"})
    named, office = Identifier.objects.get(value="L-1").person, make_user("office")
    with transaction.atomic():
        match = merge(person_ids=(person(budi).pk, named.pk), by=office)
    claim(token=CLAIM, user=budi)
    with transaction.atomic():
        undo(match_id=match.pk, by=office)
    claim(token=CLAIM, user=budi)
    assert buyer() == budi
    assert Touchpoint.objects.get(kind="sale").person.user == budi
