import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from instore.stores.models import Store
from instore.stores.shelves import ShelfPlace, places_in, walking_order
from omni_sync.catalogue.gln import is_gln, validate_gln
from omni_sync.oscar.models import Product
from tests.factories import make_product
from tests.instore.places import make_store

pytestmark = pytest.mark.django_db


def test_size_stands_where_its_style_stands_unless_it_has_a_place_of_its_own(django_assert_num_queries):
    store = make_store("menteng")
    style = make_product("Shoe")
    style.structure = Product.PARENT
    style.save()
    small, large = (
        Product.objects.create(structure=Product.CHILD, parent=style, title=f"Shoe {size}") for size in ("40", "44")
    )
    nowhere = make_product("Bag")
    ShelfPlace.objects.create(store=store, product=style, place="A-1")
    ShelfPlace.objects.create(store=store, product=large, place="B-2")
    ShelfPlace.objects.create(store=make_store("dago"), product=nowhere, place="C-3")
    with django_assert_num_queries(1):
        assert places_in(store, [small, large, nowhere]) == {small.pk: "A-1", large.pk: "B-2"}


@pytest.mark.parametrize("word", ["", " A", "A\n", "A%2F", "A-1 " * 6])
def test_place_is_a_word_that_stands_on_a_shelf(word):
    place = ShelfPlace(store=make_store("menteng"), product=make_product(), place=word)
    with pytest.raises(ValidationError):
        place.full_clean()


def test_product_stands_in_one_place_of_a_store():
    store, product = make_store("menteng"), make_product()
    ShelfPlace.objects.create(store=store, product=product, place="A-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        ShelfPlace.objects.create(store=store, product=product, place="A-2")


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("9521234000013", True),
        ("9521234000014", False),
        ("952123400001", False),
        ("0" * 13, False),
        ("952123400001\uff13", False),
    ],
)
def test_gln_has_thirteen_digits_the_last_of_which_checks_the_others(number, good):
    assert is_gln(number) is good
    if not good:
        with pytest.raises(ValidationError):
            validate_gln(number)


def test_two_stores_have_no_gln_in_common():
    make_store("menteng"), make_store("dago")
    Store.objects.filter(partner__code="menteng").update(gln="9521234000013")
    with pytest.raises(IntegrityError), transaction.atomic():
        Store.objects.filter(partner__code="dago").update(gln="9521234000013")


def test_shelves_are_walked_by_their_numbers_and_what_stands_nowhere_comes_last():
    assert sorted(["", "B-1", "A-10", "a-2", "A"], key=walking_order) == ["A", "a-2", "A-10", "B-1", ""]
