"""What the demo's seed leaves, and what it leaves alone."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import phonenumbers
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import translation
from oscar.core.loading import get_model
from PIL import Image

from instore.devices.enrol import enrol
from instore.pickup.figures import figures
from instore.pickup.models import Pickup, PickupLine, State
from instore.staff.models import Assignment, Associate, Role
from instore.staff.pins import is_pin
from instore.stores.models import Store
from instore.stores.queries import availability
from omni_sync.catalogue.gtin import is_restricted, normalise
from omni_sync.lists.models import ListNote
from omni_sync.oscar.models import Basket, Order, Product, StockRecord
from omni_sync.people.models import Consent, Identifier
from omni_sync.pos.models import InboxEvent, UnmatchedLine
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Level, Shortfall
from shop.seed import example, staff
from shop.seed.day import HOME, NotYet, day_of
from shop.seed.deliveries import GONE
from shop.seed.gallery import begin
from shop.seed.people import PEOPLE, SHOPPER, STAFF
from shop.seed.places import SHOPS
from shop.seed.reviews import OPINIONS
from shop.seed.styles import STYLES
from shop.storefront.pictures import WIDTHS, beside

DAY = date(2026, 11, 15)
Review = get_model("reviews", "ProductReview")


def seed(**options):
    said = StringIO()
    call_command("seed", **{"stdout": said, "no_pictures": True, "on": DAY, "verbosity": 2} | options)
    return [line.split()[0] for line in said.getvalue().splitlines()]


def tally():
    models = [model for model in apps.get_models() if model._meta.app_label not in {"sessions", "contenttypes", "auth"}]
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    """The whole demo, once for those who only look; nothing of it stays."""
    with django_db_blocker.unblock(), translation.override("en"):
        atomic = transaction.atomic()
        atomic._from_testcase = True  # what a test case does, for as long as this module
        with atomic:
            said = seed(accounts=True)
            connection.check_constraints()
            yield said
            transaction.set_rollback(True)


def test_every_variant_has_a_number_of_its_own_in_the_example_prefix():
    variants = [variant for style in STYLES for variant in style.variants()]
    numbers = [normalise(gtin) for _, _, gtin in variants]
    assert len(set(numbers)) == len(numbers) == len({sku for sku, _, _ in variants})
    assert all(number.startswith("0952") and not is_restricted(number) for number in numbers)
    assert ("LK-TEE-BLK-M", "M", "9521234543213") in variants


def test_nobody_of_the_demo_can_be_reached():
    for number in [*(human.phone for human in PEOPLE), *(shop.phone for shop in SHOPS)]:
        assert not phonenumbers.is_valid_number(phonenumbers.parse(number, "ID")), number
    assert all(human.email.endswith(".example") for human in PEOPLE)
    assert len({(human.email, human.phone, human.loyalty) for human in PEOPLE}) == len(PEOPLE) == 30


def test_somebody_has_an_opinion_of_every_style():
    assert OPINIONS.keys() == {style.code for style in STYLES}
    assert all(1 <= opinion.score <= 5 for said in OPINIONS.values() for opinion in said)


def test_the_goods_the_places_and_their_stock_are_all_there(whole):
    assert Store.objects.count() == 5
    assert Product.objects.filter(structure="parent").count() == len(STYLES)
    assert StockRecord.objects.count() == Level.objects.count() == 6 * sum(len(style.sizes) for style in STYLES)
    assert audit()["violations"] == []


def test_a_week_was_sold_and_some_of_it_came_back(whole):
    sold = Sale.objects.filter(source="langkah-till")
    assert 1200 <= sold.count() <= 1900
    days = Counter(at.astimezone(HOME).date() for at in sold.values_list("occurred_at", flat=True))
    assert sorted(days) == [DAY - timedelta(days=n) for n in range(7, -1, -1)]
    assert days[date(2026, 11, 14)] > 1.3 * days[date(2026, 11, 10)]  # a Saturday and a Tuesday
    assert set(sold.values_list("store__code", flat=True)) == {shop.code for shop in SHOPS}
    assert {"card", "cash", "qris"} <= set(sold.values_list("order__sources__source_type__code", flat=True))
    assert sold.exclude(person=None).count() > 200
    assert sold.filter(order__lines__line_price_before_discounts_incl_tax__gt=0).exists()
    assert 20 <= Return.objects.count() <= 80
    assert not Return.objects.filter(order=None).exists()


def test_nothing_is_sold_while_the_shop_is_closed(whole):
    spans = {shop.code: shop.week for shop in SHOPS}
    for store, zone, at in Sale.objects.values_list("store__code", "store__location__timezone", "occurred_at"):
        from zoneinfo import ZoneInfo

        there = at.astimezone(ZoneInfo(zone))
        assert any(begin <= f"{there:%H:%M}" < end for begin, end in spans[store][there.weekday()]), (store, there)


def test_the_back_office_has_something_on_every_page(whole):
    states = Counter(InboxEvent.objects.values_list("state", flat=True))
    assert (states["conflict"], states["failed"], states["pending"]) == (1, 0, 0)
    thrice = Sale.objects.filter(store__code="sanur", number__startswith="B-17").values_list("order__number", flat=True)
    assert set(thrice) == {"sanur-B-17", "sanur-B-17-langkah-bazar", "sanur-B-17-langkah-bazar~2"}
    assert UnmatchedLine.objects.filter(healed_at=None).count() == 1
    assert Sale.objects.exclude(voided_at=None).count() == 1
    assert Sale.objects.filter(flags=["arithmetic"]).count() == 1
    short = Counter(Shortfall.objects.filter(closed_at=None).values_list("kind", flat=True))
    assert short == {"promise": 2, "transit": 1}
    assert 1 <= Level.objects.filter(on_hand__lt=0).count() <= 6
    assert Level.objects.exclude(counted_at=None).exists()


def test_the_shelves_are_interesting(whole):
    answer = availability(sku=example.SKU)
    assert answer["gtin"] == "09521234543213"
    assert {store["store"] for store in answer["stores"]} == {shop.code for shop in SHOPS}
    here = next(store for store in answer["stores"] if store["store"] == example.STORE)
    assert here["available"] >= 6
    levels = {store["level"] for sku in ("LK-TEE-BLK-M", "LK-RUN-SEA-42") for store in availability(sku=sku)["stores"]}
    assert levels >= {"in", "out"}
    assert not Level.objects.filter(stockrecord__partner_sku__startswith=GONE, on_hand__gt=0).exists()
    per_level = Counter(min(max(left, 0), 4) for left in Level.objects.values_list("on_hand", flat=True))
    assert all(per_level[left] > 20 for left in range(5))


def test_pickups_stand_everywhere_in_every_state(whole):
    states = Counter(Pickup.objects.values_list("state", flat=True))
    assert states.keys() == set(State.values)
    here = Counter(Pickup.objects.filter(store__partner__code="menteng").values_list("state", flat=True))
    assert (here["placed"], here["ready"], here["expired"]) == (3, 2, 1)
    assert set(Pickup.objects.values_list("store__partner__code", flat=True)) == {shop.code for shop in SHOPS}
    assert PickupLine.objects.exclude(short_reason="").count() == 2
    assert set(Pickup.objects.values_list("pay_in_store", flat=True)) == {True, False}
    found = figures([Store.objects.get(partner__code="menteng").pk])
    assert all(each.overdue for each in found.values())


def test_everybody_who_works_there_can_sign_in_and_has_a_tablet(whole):
    assert staff.are_hired()
    associate = Associate.objects.get(till_id="me-sari")
    assert is_pin(staff.PINS[Role.ASSOCIATE], associate.pin)
    assert set(Assignment.objects.filter(role=Role.MANAGER).values_list("store__partner__code", flat=True)) == {
        shop.code for shop in SHOPS
    }
    first = staff.invite_visitor()
    again = staff.invite_visitor()
    assert first.code != again.code
    enrol(typed=again.code)
    assert staff.invite_visitor() is None


def test_people_ordered_wished_and_reviewed(whole):
    assert Counter(Order.objects.exclude(basket=None).values_list("status", flat=True)).keys() == {
        "Pending", "Being processed", "Complete", "Cancelled",
    }  # fmt: skip
    assert Order.objects.filter(pickup=None).exclude(basket=None).count() == 25
    assert not Order.objects.filter(date_placed__gt=datetime(2026, 11, 15, 17, tzinfo=UTC)).exists()
    assert Basket.objects.get(owner__email=SHOPPER.email, status="Open").lines.count() == 2
    assert get_model("wishlists", "WishList").objects.count() == 7
    advised = ListNote.objects.get()
    assert (advised.adviser_name, advised.store.code, advised.line.wishlist.name) == ("Sari W.", "menteng", "Lebaran")
    assert Review.objects.filter(status=Review.APPROVED).count() == 120
    assert set(Review.objects.values_list("score", flat=True)) == {1, 2, 3, 4, 5}
    rated = Product.objects.filter(structure="parent").exclude(rating=None)
    assert rated.count() == len(STYLES)
    assert not Review.objects.filter(date_created__date__gt=DAY).exists()


def test_consents_say_what_was_read_when_and_where(whole):
    assert Identifier.objects.filter(kind="loyalty", source="langkah-till").count() == 30
    given = Consent.objects.filter(is_claim=False)
    assert not given.filter(wording="").exists()
    assert not given.filter(at=None).exists()
    assert set(given.values_list("locale", flat=True)) == {"en", "id"}
    assert given.filter(state="withdrawn").exists()
    assert set(given.values_list("source", flat=True)) == {"web", "langkah-till"}
    assert Consent.objects.filter(is_claim=True).count() == 1  # what a till said without showing the words


def test_again_it_changes_nothing_and_says_so(whole):
    first = tally()
    assert whole[-1] == "seeded"
    assert seed(accounts=True) == ["seeded"]
    assert tally() == first


def test_it_is_seen_at_once_that_all_is_there(whole, django_assert_max_num_queries):
    """A question or two for each of its steps."""
    with django_assert_max_num_queries(28):
        assert seed(accounts=True) == ["seeded"]


@pytest.mark.django_db
def test_accounts_with_public_passwords_are_open_only_when_asked_for():
    seed(small=True)
    users = get_user_model()._default_manager
    assert users.count() == 12
    assert not any(user.has_usable_password() or user.is_staff for user in users.all())
    assert seed(small=True, accounts=True) == ["accounts", "staff", "seeded"]
    assert users.get(email=STAFF.email).is_superuser
    shopper = users.get(email=SHOPPER.email)
    assert shopper.check_password(SHOPPER.password)
    assert not shopper.is_staff
    shopper.set_password("of-my-own-choice")
    shopper.save()
    assert seed(small=True, accounts=True) == ["seeded"]
    assert users.get(email=SHOPPER.email).check_password("of-my-own-choice")


@pytest.mark.long
@pytest.mark.django_db
def test_a_small_seed_grows_into_the_whole_one(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seed(small=True, no_pictures=False)
    some = Product.objects.filter(structure="parent")
    assert 20 <= some.count() < 30
    assert all(default_storage.exists(parent.images.get().original.name) for parent in some)
    assert not InboxEvent.objects.exists()
    assert audit()["violations"] == []
    seed()
    assert Product.objects.filter(structure="parent").count() == len(STYLES)
    assert Level.objects.count() == StockRecord.objects.count() == 6 * sum(len(style.sizes) for style in STYLES)
    assert Review.objects.count() == 120
    assert InboxEvent.objects.filter(state="applied").count() > 1200
    assert audit()["violations"] == []


def drawn(styles):
    with ThreadPoolExecutor(2) as pool:
        return {key: [one.result() for one in coming] for key, coming in begin(pool, styles, small=False).items()}


def test_pictures_hang_where_pages_look_for_them_and_are_written_over(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hung = drawn(STYLES[-2:])
    assert hung == drawn(STYLES[-2:])  # a run that was killed left its files
    assert hung.keys() == {style.key for style in STYLES[-2:]}
    for names in hung.values():
        for name, widths in zip(names, (WIDTHS, WIDTHS[:-1]), strict=True):
            assert all(default_storage.exists(beside(name, width)) for width in widths)
            with default_storage.open(name) as file:
                assert Image.open(file).width == max(widths)


@pytest.mark.django_db
def test_a_day_that_has_not_begun_and_another_day_are_refused():
    with pytest.raises(CommandError, match="has not begun"):
        seed(on=date(2190, 1, 1), small=True)
    seed(small=True)
    with pytest.raises(CommandError, match="2026-11-15"):
        seed(on=date(2026, 11, 16), small=True)


@pytest.mark.django_db
def test_of_a_day_that_is_not_over_tills_have_told_what_has_happened():
    noon = datetime(2026, 11, 15, 12, 0, tzinfo=HOME)
    assert day_of(DAY, now=noon).until == noon - timedelta(minutes=10)
    assert day_of(DAY, now=noon + timedelta(days=3)).until == datetime(2026, 11, 16, tzinfo=HOME)
    assert day_of(DAY, now=datetime(2026, 11, 15, 0, 3, tzinfo=HOME)).until == datetime(2026, 11, 15, tzinfo=HOME)
    assert day_of(now=datetime(2026, 11, 14, 18, tzinfo=UTC)).date == DAY  # it is the next day in Jakarta
    with pytest.raises(NotYet):
        day_of(DAY, now=noon - timedelta(days=1))
