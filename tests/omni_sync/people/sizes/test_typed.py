"""The sizes that a member wears."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from omni_sync.catalogue.identify import describe
from omni_sync.people.sizes.models import WornSize
from omni_sync.people.sizes.typed import (
    UnknownSize,
    made_sizes,
    size_as_made,
    sizes_of,
    take_over_sizes,
    tell_sizes,
)
from omni_sync.transactions import OutsideTransaction
from tests.instore.places import make_product

pytestmark = pytest.mark.django_db
MADE = {"EU": ("36", "38", "40", "42,5", "44"), "SML": ("S", "M", "L", "XXL"), "FR": ("petit", "moyen", "grand")}


@pytest.fixture
def budi():
    return get_user_model().objects.create_user(email="budi@langkah.example")


def test_what_is_said_again_replaces_what_was_said_and_an_empty_one_is_forgotten(budi):
    tell_sizes(user_id=budi.pk, sizes={"EU": "42", "SML": "M", "W": "32"})
    tell_sizes(user_id=budi.pk, sizes={"EU": "43", "W": ""})
    assert sizes_of(user_id=budi.pk) == {"EU": "43", "SML": "M"}
    assert WornSize.objects.count() == 2


def test_what_a_member_told_stays_when_a_browser_is_taken_over(budi):
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    take_over_sizes(user_id=budi.pk, sizes={"EU": "38", "SML": "S"})
    assert sizes_of(user_id=budi.pk) == {"EU": "42", "SML": "S"}


def test_sizes_go_with_their_user(budi):
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    budi.delete()
    assert not WornSize.objects.exists()


def test_a_member_has_one_typed_size_of_a_system(budi):
    WornSize.objects.create(user=budi, size_system="EU", size="42")
    with pytest.raises(IntegrityError), transaction.atomic():
        WornSize.objects.create(user=budi, size_system="EU", size="43")


@pytest.mark.parametrize(("system", "size"), [("", "42"), ("EU", "")])
def test_a_size_is_one_of_a_system(system, size, budi):
    with pytest.raises(IntegrityError), transaction.atomic():
        WornSize.objects.create(user=budi, size_system=system, size=size)


@pytest.mark.django_db(transaction=True)
def test_sizes_are_told_inside_a_transaction(budi):
    with pytest.raises(OutsideTransaction):
        tell_sizes(user_id=budi.pk, sizes={"EU": "42"})


def test_the_sizes_of_the_goods_are_known_by_system_and_in_their_order(django_assert_num_queries):
    for system, size in (("EU", "42"), ("EU", "9"), ("SML", "XL"), ("SML", "S"), ("SML", "S"), ("", "OS"), ("EU", "")):
        describe(product=make_product(), size=size, size_system=system)
    with django_assert_num_queries(1):
        assert made_sizes() == {"EU": ("9", "42"), "SML": ("S", "XL")}


@pytest.mark.parametrize(
    ("system", "typed", "meant"),
    [("SML", " xxl ", "XXL"), ("EU", "42.5", "42,5"), ("EU", "38", "38"), ("FR", "Grand", "grand")],
)
def test_a_size_is_understood_however_it_is_written(system, typed, meant):
    assert size_as_made(size_system=system, size=typed, made=MADE) == meant


@pytest.mark.parametrize(
    ("system", "typed", "nearest"),
    [
        ("EU", "41", ("40", "42,5")),
        ("EU", "60", ("42,5", "44")),
        ("SML", "3XL", ("L", "XXL")),
        ("FR", "grande", ("grand",)),
        ("EU", "large", ()),
        ("EU", "", ()),
        ("UK", "8", ()),
    ],
)
def test_a_size_that_nothing_is_made_in_is_refused_with_the_nearest(system, typed, nearest):
    with pytest.raises(UnknownSize) as refusal:
        size_as_made(size_system=system, size=typed, made=MADE)
    assert refusal.value.nearest == nearest
