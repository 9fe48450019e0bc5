"""What is known of somebody's sizes, and what they wanted forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Category
from omni_sync.people.consent import Statement, note
from omni_sync.people.models import Person
from omni_sync.people.signals import person_erased, person_exported, sizes_asked
from omni_sync.people.sizes import filtered
from omni_sync.people.sizes.filtered import forget_filtered, note_filtered
from omni_sync.people.sizes.models import FilteredSize, ForgottenSize, WornSize
from omni_sync.people.sizes.typed import sizes_of, tell_size_of, tell_sizes
from omni_sync.people.sizes.wearing import Evidence, Why
from omni_sync.people.sizes.worn import forget_learnt, worn_by, worn_sizes_of
from tests.instore.places import make_product
from tests.omni_sync.people.conftest import account, someone

pytestmark = pytest.mark.django_db
THEN = timezone.now() - timedelta(days=30)


@pytest.fixture
def budi():
    return account("budi@langkah.example")


@pytest.fixture
def teach():
    """Says what some channel tells of everybody."""
    tellings = []

    def tell(sender, add, **_):
        add(tellings)

    sizes_asked.connect(tell, weak=False)
    yield lambda *some: tellings.extend(some)
    sizes_asked.disconnect(tell)


def bought(size, *, days=0, system="EU", number=1, **more):
    return Evidence(Why.BOUGHT, system, size, THEN - timedelta(days=days), f"{size} {days} {number}", **more)


def look_for(user, size, days, monkeypatch):
    for day in range(days):
        at = timezone.now() - timedelta(days=day)
        monkeypatch.setattr(filtered.timezone, "now", lambda at=at: at)
        note_filtered(user_id=user.pk, sizes=[("EU", size), ("EU", size)])
        note_filtered(user_id=user.pk, sizes=[("EU", size)])
        monkeypatch.undo()


def test_what_was_typed_wins_over_what_was_learnt(budi, teach):
    teach(bought("43"), bought("43", days=9), bought("M", system="SML"))
    assert sizes_of(user_id=budi.pk) == {"EU": "43", "SML": "M"}
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    assert sizes_of(user_id=budi.pk) == {"EU": "42", "SML": "M"}
    assert [(one.size_system, one.why) for one in worn_by(user_id=budi.pk)] == [("EU", "typed"), ("SML", "bought")]


def test_what_was_forgotten_does_not_come_back_from_what_happened_before(budi, teach):
    teach(bought("43"), bought("42"))
    tell_sizes(user_id=budi.pk, sizes={"EU": ""})
    teach(bought("43", days=1))
    assert sizes_of(user_id=budi.pk) == {}
    teach(Evidence(Why.BOUGHT, "EU", "44", timezone.now() + timedelta(days=1), "later"))
    assert sizes_of(user_id=budi.pk) == {"EU": "44"}


def test_forgetting_twice_counts_from_the_later(budi):
    forget_learnt(user_id=budi.pk, size_system="EU")
    first = ForgottenSize.objects.get().at
    forget_learnt(user_id=budi.pk, size_system="EU")
    assert ForgottenSize.objects.get().at > first


def test_what_was_learnt_of_some_goods_only_is_forgotten_alone(budi, teach):
    boots = Category.add_root(name="Boots").pk
    teach(*[bought("42", days=day) for day in (1, 2, 3)])
    teach(*[bought("43", days=day, categories=frozenset({boots})) for day in (1, 2)])
    assert [(one.size, one.category) for one in worn_by(user_id=budi.pk)][1] == ("43", boots)
    forget_learnt(user_id=budi.pk, size_system="EU", category_id=boots)
    assert [(one.size, one.category) for one in worn_by(user_id=budi.pk)] == [("42", None)]


def test_what_is_typed_of_some_goods_counts_there_also_beside_what_is_typed_in_general(budi, teach):
    boots = Category.add_root(name="Boots").pk
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    tell_size_of(user_id=budi.pk, size_system="EU", size="43", category_id=boots)
    tell_size_of(user_id=budi.pk, size_system="EU", size="44", category_id=boots)
    assert sizes_of(user_id=budi.pk) == {"EU": "42"}
    assert [(one.size, one.category) for one in worn_by(user_id=budi.pk)] == [("42", None), ("44", boots)]
    tell_size_of(user_id=budi.pk, size_system="EU", size="", category_id=boots)
    assert [(one.size, one.category) for one in worn_by(user_id=budi.pk)] == [("42", None)]
    tell_size_of(user_id=budi.pk, size_system="EU", size="43", category_id=boots)
    tell_sizes(user_id=budi.pk, sizes={"EU": ""})
    assert worn_by(user_id=budi.pk) == ()


def test_trousers_begin_with_their_own_size_though_only_belts_were_bought_often(budi, teach):
    belts, trousers, coats = (Category.add_root(name=name) for name in ("Belts", "Trousers", "Coats"))
    for category, sizes in ((belts, ["85", "95"]), (trousers, ["30", "32"]), (coats, ["30", "95"])):
        for size in sizes:
            goods = make_product()
            category.product_set.add(goods)
            describe(product=goods, size=size, size_system="W")
    teach(*[bought("95", system="W", days=day, categories=frozenset({belts.pk})) for day in range(3)])
    teach(*[bought("30", system="W", categories=frozenset({category.pk})) for category in (trousers, coats)])
    assert [(one.size, one.category) for one in worn_by(user_id=budi.pk)] == [("95", None), ("30", trousers.pk)]


def test_what_staff_wrote_down_says_who(budi):
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"}, by="Rani, Menteng")
    assert [one.by for one in worn_by(user_id=budi.pk)] == ["Rani, Menteng"]
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    assert [one.by for one in worn_by(user_id=budi.pk)] == [""]


def test_what_is_looked_for_on_three_days_is_learnt(budi, monkeypatch):
    look_for(budi, "42", 2, monkeypatch)
    assert sizes_of(user_id=budi.pk) == {}
    look_for(budi, "42", 3, monkeypatch)
    assert FilteredSize.objects.count() == 3
    assert sizes_of(user_id=budi.pk) == {"EU": "42"}


def test_what_was_looked_for_long_ago_is_forgotten(budi):
    today = timezone.now().date()
    for days in (10, 400):
        FilteredSize.objects.create(user=budi, size_system="EU", size="42", day=today - timedelta(days=days))
    assert forget_filtered() == 1
    assert FilteredSize.objects.count() == 1


@pytest.mark.parametrize(("last", "learns"), [("granted", True), ("withdrawn", False)])
def test_of_whoever_takes_back_that_they_may_be_known_nothing_is_learnt(budi, teach, last, learns, monkeypatch):
    person = someone(user=budi)
    teach(bought("42"))
    note(
        statements=[
            Statement(person.pk, "web", "personalisation", state, THEN + timedelta(days=day), "Yes", "en")
            for day, state in enumerate(["granted", "withdrawn", last])
        ],
        source="web",
    )
    tell_sizes(user_id=budi.pk, sizes={"SML": "M"})
    look_for(budi, "42", 1, monkeypatch)
    assert sizes_of(user_id=budi.pk) == {"SML": "M"} | ({"EU": "42"} if learns else {})
    assert FilteredSize.objects.exists() is learns


def test_a_person_without_an_account_has_sizes_too(teach):
    teach(bought("42", store="dago"))
    (worn,) = worn_sizes_of(someone())
    assert (worn.size, worn.why, worn.store) == ("42", "bought", "dago")


def test_it_costs_the_same_however_much_is_known(budi, teach, django_assert_num_queries):
    someone(user=budi)
    for number in (1, 50):
        teach(*[bought("42", number=n) for n in range(number)])
        with django_assert_num_queries(7):
            assert sizes_of(user_id=budi.pk) == {"EU": "42"}


def test_a_human_who_is_forgotten_leaves_no_sizes(budi, teach, monkeypatch):
    person = someone(user=budi)
    tell_sizes(user_id=budi.pk, sizes={"EU": "42", "SML": ""})
    look_for(budi, "42", 1, monkeypatch)
    person_erased.send(sender=Person, person_ids=[person.pk], user_ids=[budi.pk], values=[])
    assert [model.objects.count() for model in (WornSize, ForgottenSize, FilteredSize)] == [0, 0, 0]


def test_a_human_is_told_which_sizes_are_known_of_them(budi, teach, monkeypatch):
    person = someone(user=budi)
    teach(bought("M", system="SML", store="dago"))
    tell_sizes(user_id=budi.pk, sizes={"EU": "42"})
    look_for(budi, "42", 1, monkeypatch)
    told = {}
    person_exported.send(
        sender=Person,
        person_ids=[person.pk],
        user_ids=[budi.pk],
        add=lambda kind, rows: told.setdefault(kind, []).extend(rows),
    )
    assert [(row["size"], row["why"], row["store"]) for row in told["sizes_learnt"]] == [("M", "bought", "dago")]
    assert [row["size"] for row in told["sizes_looked_for"]] == ["42"]
