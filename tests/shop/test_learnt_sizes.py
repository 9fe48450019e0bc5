"""What was learnt of a member's sizes: on the product's page, on the page of their sizes, and not for somebody else."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Category, Order
from omni_sync.people.models import Person
from omni_sync.people.sizes import somebody
from omni_sync.people.sizes.mine import members_own
from omni_sync.people.sizes.models import FilteredSize, ForSomebodyElse, WornSize
from omni_sync.people.sizes.typed import tell_sizes
from tests.factories import make_connection, sale, tell_all
from tests.instore.places import make_product, make_store, put
from tests.shop.pages import text_of
from tests.shop.test_checkout import ADDRESS, order, say_who, shop  # noqa: F401
from tests.shop.test_sizes import tell
from tests.shop.test_variants import picker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def dago():
    store = make_store("dago")
    store.city = "Bandung"
    store.save()
    return store


@pytest.fixture
def runner(dago):
    """In three sizes, all of which are in Bandung."""
    return make_style("Runner", dago)


def make_style(name, store, system="EU", sizes=("41", "42", "43")):
    style = make_product(name, structure="parent")
    for size in sizes:
        item = make_product(f"{name} {size}", parent=style)
        describe(product=item, size=size, size_system=system)
        put(item, store.partner, 9, sku=f"{name}-{size}")
    return style


@pytest.fixture
def till(dago):
    return make_connection(dago.partner, name="till")


@pytest.fixture
def budi():
    return get_user_model().objects.create_user(email="budi@langkah.example")


@pytest.fixture
def buys(till, dago, budi):
    """Sells goods to Budi in Bandung."""
    numbers = iter(range(100))

    def buy(*skus, days=0):
        number = f"R-{next(numbers)}"
        event = sale(dago.partner, number, dict.fromkeys(skus, 1), customer={"loyalty": "L-1"}, at=WHEN - days * DAY)
        tell_all(till, event)
        Person.objects.filter(identifiers__value="L-1").update(user=budi)

    return buy


@pytest.fixture
def member(client, budi, runner):
    client.force_login(budi)
    return client


def look_again():
    """As if the five minutes were over."""
    members_own._looked.clear()


def test_the_size_that_was_bought_in_a_shop_is_chosen_and_says_where(member, runner, buys):
    buys("Runner-42")
    look_again()
    response = member.get(runner.get_absolute_url())
    assert picker(response) == ["41", "[42 (your size)]", "43"]
    page = text_of(response)
    assert "Size 42 , as you bought in Bandung" in page
    assert "42 is your size" in page


def test_boots_in_which_another_size_was_bought_begin_with_that(member, runner, buys, dago):
    boots = make_style("Boot", dago)
    category = Category.add_root(name="Boots")
    category.product_set.add(boots)
    describe(product=boots)
    buys("Runner-42")
    buys("Runner-42", days=1)
    buys("Runner-42", days=2)
    buys("Boot-43", days=3)
    buys("Boot-43", days=4)
    look_again()
    assert picker(member.get(runner.get_absolute_url())) == ["41", "[42 (your size)]", "43"]
    assert picker(member.get(boots.get_absolute_url())) == ["41", "42", "[43 (your size)]"]
    page = member.get("/accounts/sizes/")
    assert "Boots: 43 , as you bought in Bandung" in text_of(page)
    data = {"size_system": "EU", "category": category.pk, "brand": "", "size": "41"}
    member.post("/accounts/sizes/", data)
    assert "Boots: 41 , as you told us" in text_of(member.get("/accounts/sizes/"))
    assert picker(member.get(boots.get_absolute_url())) == ["[41 (your size)]", "42", "43"]
    data["size"] = ""
    assert member.post("/accounts/sizes/", data)["Location"] == "/accounts/sizes/"
    assert picker(member.get(boots.get_absolute_url())) == ["41", "[42 (your size)]", "43"]
    assert "Boots: 43" not in text_of(member.get("/accounts/sizes/"))


def test_goods_that_are_not_made_in_the_size_of_their_kind_begin_with_the_general_one(member, runner, buys, dago):
    boots, small = make_style("Boot", dago), make_style("Bootie", dago, sizes=("41", "42"))
    Category.add_root(name="Boots").product_set.add(boots, small)
    for style in (boots, small):
        describe(product=style)
    for days, sku in enumerate(["Runner-42", "Runner-42", "Runner-42", "Boot-43", "Boot-43"]):
        buys(sku, days=days)
    look_again()
    assert picker(member.get(boots.get_absolute_url())) == ["41", "42", "[43 (your size)]"]
    assert picker(member.get(small.get_absolute_url())) == ["41", "[42 (your size)]"]


@pytest.mark.parametrize("category", ["x", "None", "999999", "-1", "9" * 40])
def test_what_makes_no_sense_changes_nothing(member, category):
    data = {"size_system": "EU", "category": category, "size": "42"}
    assert member.post("/accounts/sizes/", data)["Location"] == "/accounts/sizes/"


def test_the_page_says_how_a_size_is_known_and_keeping_it_types_only_what_was_changed(member, buys, dago):
    make_style("Tee", dago, "SML", ("M", "S"))
    buys("Runner-42", "Tee-M")
    look_again()
    page = member.get("/accounts/sizes/")
    assert "42, as you bought in Bandung" in text_of(page)
    assert 'value="42" checked' in page.content.decode()
    member.post("/accounts/sizes/", {"size-EU": "42", "size-SML": "S"})
    assert list(WornSize.objects.values_list("size_system", "size")) == [("SML", "S")]
    assert "S, as you told us" in text_of(member.get("/accounts/sizes/"))


def test_what_is_forgotten_stays_forgotten(member, runner, buys):
    buys("Runner-42")
    look_again()
    assert tell(member, "EU", "").status_code == 302
    assert "[" not in "".join(picker(member.get(runner.get_absolute_url())))
    buys("Runner-42", days=9)
    look_again()
    assert "[" not in "".join(picker(member.get(runner.get_absolute_url())))


def test_all_is_forgotten_at_once(member, runner, budi):
    for number in range(3):
        FilteredSize.objects.create(user=budi, size_system="EU", size="43", day=WHEN.date() - number * DAY)
    look_again()
    assert "as you often look for" in text_of(member.get(runner.get_absolute_url()))
    member.post("/accounts/sizes/", {"forget": "all"})
    assert "[" not in "".join(picker(member.get(runner.get_absolute_url())))


def test_what_staff_wrote_down_is_said_so(member, runner, budi):
    with transaction.atomic():
        tell_sizes(user_id=budi.pk, sizes={"EU": "42"}, by="Rani")
    look_again()
    assert "as we wrote down for you" in text_of(member.get(runner.get_absolute_url()))


def test_for_somebody_else_no_size_is_chosen_and_the_page_says_so(member, runner, buys):
    buys("Runner-42")
    look_again()
    assert "I'm shopping for somebody else" in text_of(member.get(runner.get_absolute_url()))
    answer = member.post("/sizes/for-somebody-else/", {"for": "somebody", "next": runner.get_absolute_url()})
    assert answer["Location"] == runner.get_absolute_url()
    page = member.get(runner.get_absolute_url())
    assert picker(page) == ["41", "42", "43"]
    assert "You are shopping for somebody else: we don't choose your size" in text_of(page)
    assert "In my size tell it" in text_of(member.get("/catalogue/"))
    assert "42, as you bought in Bandung" in text_of(member.get("/accounts/sizes/"))
    member.post("/sizes/for-somebody-else/", {"for": ""})
    assert picker(member.get(runner.get_absolute_url())) == ["41", "[42 (your size)]", "43"]


def test_a_visit_for_somebody_else_is_over_the_next_day(member, runner, buys, monkeypatch):
    buys("Runner-42")
    look_again()
    member.post("/sizes/for-somebody-else/", {"for": "somebody"})
    now = time.time()
    monkeypatch.setattr(somebody.time, "time", lambda: now + 13 * 60 * 60)
    assert picker(member.get(runner.get_absolute_url())) == ["41", "[42 (your size)]", "43"]


def test_the_switch_is_thrown_by_post_only(member):
    assert member.get("/sizes/for-somebody-else/").status_code == 405


def test_a_guest_shops_for_somebody_else_too_and_keeps_their_sizes(client, runner):
    tell(client, "EU", "42")
    client.post("/sizes/for-somebody-else/", {"for": "somebody"})
    tell(client, "EU", "43")
    assert picker(client.get(runner.get_absolute_url())) == ["41", "42", "43"]
    client.post("/sizes/for-somebody-else/", {"for": ""})
    assert picker(client.get(runner.get_absolute_url())) == ["41", "42", "[43 (your size)]"]


def test_what_a_member_looks_for_is_noted_once_a_day(member, runner, django_assert_num_queries):
    for _ in range(3):
        member.get("/catalogue/?size=EU-42")
    member.get("/catalogue/?size=EU-42&size=EU-43")
    assert list(FilteredSize.objects.values_list("size", flat=True).order_by("size")) == ["42", "43"]


@pytest.mark.parametrize("who", ["guest", "for somebody else"])
def test_what_is_looked_for_by_nobody_and_for_others_is_not_noted(client, runner, budi, who):
    if who != "guest":
        client.force_login(budi)
        client.post("/sizes/for-somebody-else/", {"for": "somebody"})
    client.get("/catalogue/?size=EU-42")
    assert not FilteredSize.objects.exists()


def test_who_looks_for_many_sizes_at_once_looks_for_nobodys(member, dago):
    make_style("Walker", dago, sizes=("38", "39"))
    member.get("/catalogue/?size=41&size=42&size=38&size=39")
    assert not FilteredSize.objects.exists()


@pytest.mark.parametrize("for_other", [True, False])
def test_an_order_that_is_placed_for_somebody_else_is_marked(client, shop, for_other):  # noqa: F811
    tee, _ = shop
    if for_other:
        client.post("/sizes/for-somebody-else/", {"for": "somebody"})
    client.post(f"/basket/add/{tee.pk}/", {"quantity": 1})
    client.post("/basket/place/", {"place": "deliver", "next": "checkout"})
    say_who(client)
    client.post("/checkout/shipping-address/", ADDRESS, follow=True)
    order(client)
    marked = list(ForSomebodyElse.objects.values_list("order", flat=True))
    assert marked == ([Order.objects.get().pk] if for_other else [])


def test_a_product_costs_a_member_no_more_the_more_is_known(member, runner, buys, django_assert_max_num_queries):
    member.get(runner.get_absolute_url())
    costs = []
    for many in (1, 30):
        for number in range(many):
            buys("Runner-42", days=number)
        look_again()
        member.get(runner.get_absolute_url())
        with django_assert_max_num_queries(10) as asked:
            assert "as you bought in Bandung" in text_of(member.get(runner.get_absolute_url()))
        costs.append(len(asked))
    assert costs[0] == costs[1]
