import pytest

from omni_sync.catalogue.exceptions import GtinTaken, InvalidGtin
from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.catalogue.models import Entry, Gtin
from omni_sync.oscar.models import Product, ProductClass

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = "9521234543213", "4006381333931", "00036000291452"


@pytest.fixture
def make_product():
    kind = ProductClass.objects.create(name="Thing")
    return lambda **fields: Product.objects.create(product_class=kind, title=fields.pop("title", "Tee"), **fields)


def numbers_of(product):
    return set(Gtin.objects.filter(product=product).values_list("value", "is_primary"))


def test_the_first_number_is_primary_and_oscars_upc_mirrors_it(make_product):
    product = make_product()
    rows = set_gtins(product=product, values=[ONE, TWO, ONE.zfill(14)])
    assert [(row.value, row.is_primary) for row in rows] == [(ONE.zfill(14), True), (TWO.zfill(14), False)]
    product.refresh_from_db()
    assert product.upc == ONE.zfill(14)


def test_setting_numbers_again_replaces_them(make_product):
    product = make_product()
    set_gtins(product=product, values=[ONE, TWO])
    set_gtins(product=product, values=[TWO, THREE])
    assert numbers_of(product) == {(TWO.zfill(14), True), (THREE, False)}
    set_gtins(product=product, values=[])
    product.refresh_from_db()
    assert numbers_of(product) == set()
    assert not product.upc


def test_a_number_names_one_product_only(make_product):
    first, second = make_product(), make_product()
    set_gtins(product=first, values=[ONE])
    with pytest.raises(GtinTaken) as refusal:
        set_gtins(product=second, values=[TWO, ONE])
    assert (refusal.value.value, refusal.value.product_id) == (ONE.zfill(14), first.pk)
    assert numbers_of(second) == set()


def test_a_bad_number_changes_nothing(make_product):
    product = make_product()
    set_gtins(product=product, values=[ONE])
    with pytest.raises(InvalidGtin):
        set_gtins(product=product, values=[TWO, "123"])
    assert numbers_of(product) == {(ONE.zfill(14), True)}


def test_a_upc_typed_in_oscars_form_becomes_the_primary_number(make_product):
    product = make_product(upc=ONE)
    assert numbers_of(product) == {(ONE.zfill(14), True)}
    product.upc = TWO
    product.save()
    assert numbers_of(product) == {(ONE.zfill(14), False), (TWO.zfill(14), True)}
    product.save()
    assert Gtin.objects.count() == 2


def test_a_upc_that_is_no_gtin_is_a_code_of_the_merchants_own(make_product):
    assert numbers_of(make_product(upc="HOUSE-17")) == set()


def test_a_upc_that_names_another_product_takes_nothing_away(make_product):
    first = make_product(upc=ONE)
    second = make_product(upc=ONE.zfill(14))
    assert (numbers_of(first), numbers_of(second)) == ({(ONE.zfill(14), True)}, set())


def test_a_product_is_described_once_and_described_again(make_product):
    product = make_product()
    describe(product=product, size="42", size_system="EU", colour="black")
    describe(product=product, size="43", size_system="EU", colour="black")
    entry = Entry.objects.get(product=product)
    assert (entry.size, entry.size_system, entry.colour) == ("43", "EU", "black")
