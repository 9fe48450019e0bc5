import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from instore.stores.models import Store
from instore.stores.queries import Point, places
from tests.instore.places import make_store

JAKARTA = {"latitude": -6.1967, "longitude": 106.8316}


@pytest.mark.django_db
def test_stores_are_ordered_by_distance_in_the_database():
    make_store("sanur", at=("-8.6939", "115.2636"))
    make_store("nowhere")
    make_store("dago", at=("-6.8853", "107.6135"))
    make_store("antipode", at=("6.1967", "-73.1684"))
    found = list(Store.objects.public().nearest_first(**JAKARTA))
    assert [store.partner.code for store in found] == ["dago", "sanur", "antipode", "nowhere"]
    distances = [store.distance_km for store in found]
    assert distances[:3] == [pytest.approx(115.5, abs=1), pytest.approx(970, abs=3), pytest.approx(20015, abs=1)]
    assert distances[3] is None


@pytest.mark.django_db
def test_both_ways_to_ask_for_a_distance_agree():
    make_store("dago", at=("-6.8853", "107.6135"))
    [place] = places(products=[], near=Point(**JAKARTA))
    assert place.distance_km == round(Store.objects.with_distance(**JAKARTA).get().distance_km, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("position", [("91", "0"), ("0", "181"), ("1", None)])
def test_a_position_is_on_earth_or_absent(position):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_store("lost", at=position)


DAY = ["10:00", "21:00"]


@pytest.mark.parametrize(
    "week",
    [
        None,
        [],
        [[]] * 6,
        [["10:00", "21:00"]] * 7,
        [[["10:00"]]] * 7,
        [[["21:00", "10:00"]]] * 7,
        [[["10:00", "10:00"]]] * 7,
        [[["10:00", "25:00"]]] * 7,
        [[["9:00", "21:00"]]] * 7,
        [[["10:00", "15:00"], ["14:00", "21:00"]]] * 7,
        [[[10, 21]]] * 7,
    ],
)
def test_hours_that_mean_nothing_are_refused(week):
    with pytest.raises(ValidationError):
        Store._meta.get_field("weekly_hours").clean(week, None)


@pytest.mark.parametrize("exceptions", [["x"], {"tomorrow": []}, {"2026-12-25": [["10:00"]]}, {"2026-13-01": []}])
def test_dates_that_mean_nothing_are_refused(exceptions):
    with pytest.raises(ValidationError):
        Store._meta.get_field("exceptions").run_validators(exceptions)


def test_hours_that_mean_something_are_taken():
    week = [[["10:00", "14:00"], ["15:00", "24:00"]], [], *[[DAY]] * 5]
    assert Store._meta.get_field("weekly_hours").clean(week, None) == week
    Store._meta.get_field("exceptions").run_validators({"2026-12-25": [], "2026-12-24": [DAY]})
