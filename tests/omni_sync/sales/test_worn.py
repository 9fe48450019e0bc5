"""What is bought, brought back and exchanged, in every channel, tells of sizes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Basket, Category, Order, Product
from omni_sync.oscar.signals import order_promised
from omni_sync.people.merge import merge, undo
from omni_sync.people.models import Person
from omni_sync.people.sizes.typed import sizes_of
from omni_sync.people.sizes.worn import worn_by, worn_sizes_of
from omni_sync.sales.handover import hand_over_all
from tests.factories import (
    NOON,
    make_connection,
    make_product,
    make_record,
    make_store,
    returned,
    sale,
    tell_all,
    voided,
)
from tests.omni_sync.people.conftest import account, someone
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db
SARI = {"loyalty": "L-1"}
DAY = timedelta(days=1)


@pytest.fixture
def dago():
    store = make_store("dago")
    for size in ("41", "42", "43"):
        shoe = make_product(f"Runner {size}")
        describe(product=shoe, size=size, size_system="EU")
        make_record(store, product=shoe, sku=f"R-{size}", on_hand=50)
    return store


@pytest.fixture
def till(dago):
    return make_connection(dago, name="till")


def sari():
    return Person.objects.get(identifiers__value="L-1")


def worn():
    return [(one.size, one.why, one.store) for one in worn_sizes_of(sari())]


def test_what_is_bought_in_a_shop_is_worn_and_says_where(till, dago):
    tell_all(till, sale(dago, "R-1", {"R-42": 1}, customer=SARI))
    assert worn() == [("42", "bought", "dago")]


def test_a_gift_among_several_does_not_flip_it(till, dago):
    for n, size in enumerate(["42", "42", "41"]):
        tell_all(till, sale(dago, f"R-{n}", {f"R-{size}": 2}, customer=SARI, at=NOON + n * DAY))
    assert worn() == [("42", "bought", "dago")]


@pytest.mark.parametrize("named", [True, False])
def test_what_was_brought_back_is_not_worn(till, dago, named):
    tell_all(till, sale(dago, "R-1", {"R-42": 1, "R-41": 2}, customer=SARI))
    back = {"of": "R-1"} if named else {"customer": SARI}
    tell_all(till, returned(dago, "B-1", {"R-42": 1}, at=NOON + DAY, **back))
    assert worn() == [("41", "bought", "dago")]
    tell_all(till, returned(dago, "B-2", {"R-41": 1}, at=NOON + DAY, **back))
    assert worn() == [("41", "bought", "dago")]
    tell_all(till, returned(dago, "B-3", {"R-41": 1}, at=NOON + DAY, **back))
    assert worn() == []


@pytest.mark.parametrize("first", [True, False], ids=["void first", "void last"])
def test_what_was_voided_is_unlearnt_whichever_arrives_first(till, dago, first):
    tell_all(till, sale(dago, "R-0", {"R-41": 1}, customer=SARI, at=NOON - DAY))
    events = [sale(dago, "R-1", {"R-42": 1}, customer=SARI), voided(dago, sale="R-1", at=NOON + DAY)]
    for event in reversed(events) if first else events:
        tell_all(till, event)
    assert worn() == [("41", "bought", "dago")]


def test_a_return_that_was_voided_teaches_again(till, dago):
    tell_all(till, sale(dago, "R-1", {"R-42": 1}, customer=SARI), returned(dago, "B-1", {"R-42": 1}, of="R-1"))
    assert worn() == []
    tell_all(till, voided(dago, **{"return": "B-1"}, at=NOON + DAY))
    assert worn() == [("42", "bought", "dago")]


@pytest.mark.parametrize("who", [SARI, {}], ids=["known", "unknown to the till"])
def test_what_is_exchanged_for_another_size_tells_for_that(till, dago, who):
    for n in (1, 2):
        tell_all(till, sale(dago, f"R-{n}", {"R-42": 1}, customer=SARI, at=NOON - n * 100 * DAY))
    tell_all(till, sale(dago, "R-3", {"R-42": 1}, customer=SARI))
    later = {"at": NOON + DAY, "exchange": "X-1", **({"customer": who} if who else {})}
    tell_all(till, returned(dago, "B-1", {"R-42": 1}, of="R-3", **later), sale(dago, "R-4", {"R-43": 1}, **later))
    assert worn() == [("43", "exchanged", "dago")]
    tell_all(till, voided(dago, sale="R-4", at=NOON + 2 * DAY))
    assert worn() == [("42", "bought", "dago")]


def test_another_colour_in_exchange_tells_against_no_size(till, dago):
    other = make_product("Walker 42")
    describe(product=other, size="42", size_system="EU")
    make_record(dago, product=other, sku="W-42", on_hand=5)
    tell_all(till, sale(dago, "R-1", {"R-42": 1}, customer=SARI))
    swapped = {"at": NOON + DAY, "exchange": "X-1"}
    tell_all(till, returned(dago, "B-1", {"R-42": 1}, of="R-1", **swapped), sale(dago, "R-2", {"W-42": 1}, **swapped))
    assert worn() == [("42", "bought", "dago")]


def test_an_exchange_of_the_same_name_in_another_shop_is_another(till, dago):
    menteng = make_store("menteng")
    make_record(menteng, product=Product.objects.get(title="Runner 43"), sku="R-43", on_hand=5)
    tell_all(till, sale(dago, "R-1", {"R-42": 1}, customer=SARI))
    tell_all(till, returned(dago, "B-1", {"R-42": 1}, of="R-1", at=NOON + DAY, exchange="X-1"))
    tell_all(make_connection(menteng, name="other"), sale(menteng, "R-1", {"R-43": 1}, exchange="X-1"))
    assert worn() == []


def test_a_style_is_known_by_its_shelves_and_its_brand(till, dago):
    boots = Category.add_root(name="Boots")
    attribute = Product.objects.first().product_class.attributes.create(code="brand", name="Brand", type="text")
    for number, size in enumerate(["42", "42", "42", "43", "43"]):
        shoe = make_product(f"Kind {number}")
        describe(product=shoe, size=size, size_system="EU")
        if size == "43":
            boots.product_set.add(shoe)
            get_model("catalogue", "ProductAttributeValue").objects.create(
                product=shoe, attribute=attribute, value_text="Sempit"
            )
        describe(product=shoe, size=size, size_system="EU")
        make_record(dago, product=shoe, sku=f"K-{number}", on_hand=5)
        tell_all(till, sale(dago, f"K-{number}", {f"K-{number}": 1}, customer=SARI, at=NOON - number * DAY))
    assert [(one.size, one.category, one.brand) for one in worn_sizes_of(sari())] == [
        ("42", None, ""), ("43", boots.pk, ""),
    ]  # fmt: skip


def place(user, dago, size, **asked):
    """An order on the web, as its checkout would place it."""
    order = Order.objects.create(
        number=f"1000{Order.objects.count()}", user=user, status="Pending", currency="IDR",
        total_incl_tax=1, total_excl_tax=1, date_placed=timezone.now(),
    )  # fmt: skip
    product = Product.objects.get(title=f"Runner {size}")
    order.lines.create(
        product=product, title=product.title, quantity=1, partner=dago, partner_name="Dago", partner_sku=f"R-{size}",
        line_price_incl_tax=1, line_price_excl_tax=1, line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1, unit_price_incl_tax=1, unit_price_excl_tax=1, num_allocated=0,
    )  # fmt: skip
    order_promised.send(sender=Order, order=order, basket=Basket(), asked=asked)
    return order


def test_what_is_ordered_on_the_web_is_worn_until_it_is_cancelled(dago):
    ayu = account("ayu@example.com")
    order = place(ayu, dago, "42")
    (known,) = worn_by(user_id=ayu.pk)
    assert (known.size, known.why, known.store) == ("42", "bought", "")
    hand_over_all(order=order, store_id=dago.pk, associate="", register="")
    (known,) = worn_by(user_id=ayu.pk)
    assert (known.size, known.at, known.store) == ("42", order.date_placed, "dago")
    Order.objects.filter(pk=order.pk).update(status="Cancelled")
    assert sizes_of(user_id=ayu.pk) == {}


def test_what_is_ordered_for_somebody_else_is_not_also_when_it_is_collected(dago):
    ayu = account("ayu@example.com")
    order = place(ayu, dago, "42", for_somebody_else=True)
    assert sizes_of(user_id=ayu.pk) == {}
    hand_over_all(order=order, store_id=dago.pk, associate="", register="")
    assert sizes_of(user_id=ayu.pk) == {}


def test_what_was_bought_in_a_shop_teaches_the_account_as_long_as_both_are_one_human(till, dago):
    tell_all(till, sale(dago, "R-1", {"R-42": 1}, customer=SARI))
    rani, ayu = account("rani@langkah.example", is_staff=True), account("ayu@example.com")
    mine = someone(user=ayu)
    assert sizes_of(user_id=ayu.pk) == {}
    match = merge(person_ids=(sari().pk, mine.pk), by=rani)
    assert sizes_of(user_id=ayu.pk) == {"EU": "42"}
    place(ayu, dago, "43")
    place(ayu, dago, "43")
    assert worn() == [("43", "bought", "")]
    undo(match_id=match.pk, by=rani)
    assert (sizes_of(user_id=ayu.pk), worn()) == ({"EU": "43"}, [("42", "bought", "dago")])


def test_it_costs_the_same_for_one_sale_and_for_fifty(till, dago, django_assert_num_queries):
    tell_all(till, sale(dago, "R-0", {"R-42": 1}, customer=SARI))
    person = sari()
    for number in (1, 50):
        tell_all(till, *[sale(dago, f"R-{number}-{n}", {"R-42": 1}, customer=SARI) for n in range(number)])
        with django_assert_num_queries(4):
            assert [one.size for one in worn_sizes_of(person)] == ["42"]


@pytest.mark.django_db(transaction=True)
def test_two_sales_at_once_both_teach(dago):
    """One of them would be an outlier; of both nothing is lost."""
    menteng = make_store("menteng")
    make_record(menteng, product=Product.objects.get(title="Runner 42"), sku="R-42", on_hand=5)
    till = make_connection(dago, menteng, name="till")
    old = [sale(dago, f"R-{n}", {"R-41": 1}, customer=SARI, at=NOON - (900 + n) * DAY) for n in (1, 2)]
    tell_all(till, *old)
    sales = [sale(store, "S-1", {"R-42": 1}, customer=SARI) for store in (dago, menteng)]
    assert failures(at_once(*[lambda event=event: tell_all(till, event) for event in sales])) == []
    assert worn()[0][:2] == ("42", "bought")
