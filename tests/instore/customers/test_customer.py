"""What a customer's page shows, what it does not, and what it costs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from omni_sync.customer_code.parts import Part, hidden_in, stated
from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.oscar.models import Order, OrderLine
from omni_sync.people.consent import Statement, note
from omni_sync.people.models import Consent, Person
from omni_sync.people.signals import person_erased, person_exported
from omni_sync.sales.models import Sale
from tests.e2e.looks import misshapen
from tests.instore.customers.conftest import hide, open_at, the_look
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db(transaction=True)
MOST_QUERIES = 11  # and a twelfth where a second has passed: the tablet notes that somebody is there
SAID = "They don't show this to staff."


def buy(ayu, store, many):
    """So many orders of three lines each, from the web and from a till in turn."""
    now = timezone.now()
    facts = {"currency": "IDR", "total_incl_tax": Decimal(149000), "total_excl_tax": Decimal(149000)}
    orders = Order.objects.bulk_create(
        Order(
            number=f"L-{number}",
            user=None if number % 2 else ayu.user,
            date_placed=now - timedelta(days=number + 1),
            **facts,
        )
        for number in range(many)
    )
    free = {f"line_price_{name}": 1 for name in ("incl_tax", "excl_tax")}
    free |= {f"line_price_before_discounts_{name}": 1 for name in ("incl_tax", "excl_tax")}
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, product=ayu.tee, title=f"Thing {n}", partner_sku="KTEE", quantity=1, num_allocated=0, **free
        )
        for order in orders
        for n in range(3)
    )
    Sale.objects.bulk_create(
        Sale(order=order, source="till", store=store.partner, number=order.number, occurred_at=order.date_placed,
             currency="IDR", channel="till", total=149000, person=ayu.person)
        for order in orders if order.user_id is None
    )  # fmt: skip


def test_it_says_name_list_basket_sizes_and_purchases_with_where(on_duty, ayu, shop):
    with transaction.atomic():
        wording = {"at": timezone.now(), "wording": "We may send you offers."}
        note(statements=[Statement(ayu.person.pk, "email", "marketing", "granted", **wording)], source="web")
    adviser = Adviser(name="Rina", store_id=shop.store.pk, associate_key="7")
    add_to_list(user_id=ayu.user.pk, product_id=ayu.tee.pk, note="Goes with the cap", adviser=adviser)
    answer = on_duty.get(open_at(on_duty, ayu.person))
    said = read(answer)
    assert "Ayu Lestari Showed their code" in said
    assert "SML M" in said
    assert "Pagi cap 2 here" in said
    assert "“Goes with the cap” Rina, Menteng None here" in said
    assert "Online Not paid yet 1 \u00d7 Web jacket 100001" in said
    assert "Menteng No payment known 1 \u00d7 Till hat menteng-R1" in said
    assert "Offers by e-mail: yes" in said
    assert "It is on their phone already" in said
    assert "ayu@example.com" not in said
    assert list(misshapen(answer.content.decode())) == []


def test_a_claim_is_no_yes_and_a_late_no_does_not_outlive_a_later_yes(on_duty, ayu):
    now = timezone.now()
    said = {"channel": "email", "purpose": "marketing", "person_id": ayu.person.pk}
    with transaction.atomic():
        note(statements=[Statement(state="granted", **said)], source="till")
    assert "They have not said anything" in read(on_duty.get(page := open_at(on_duty, ayu.person)))
    with transaction.atomic():
        note(statements=[Statement(state="granted", at=now, wording="Yes.", **said)], source="web")
        late = Statement(state="withdrawn", at=now - timedelta(days=1), wording="No.", **said)
        note(statements=[late], source="web")
    assert "Offers by e-mail: yes" in read(on_duty.get(page))


@pytest.mark.parametrize(
    ("part", "gone"),
    [
        (Part.LIST, "Pagi cap"),
        (Part.BASKET, "Kawan tee"),
        (Part.SIZES, "SML"),
        (Part.PURCHASES, "Web jacket"),
    ],
)
def test_what_they_do_not_allow_is_not_shown_and_says_so(on_duty, ayu, part, gone):
    page = open_at(on_duty, ayu.person)
    assert gone in read(on_duty.get(page))
    hide(ayu.person, part)
    said = read(on_duty.get(page))
    assert gone not in said
    assert said.count(SAID) == 1
    hide(ayu.person)
    assert gone in read(on_duty.get(page))


def test_who_hides_everything_shows_a_name(on_duty, ayu):
    hide(ayu.person, *Part)
    said = read(on_duty.get(open_at(on_duty, ayu.person)))
    assert "Ayu Lestari" in said
    assert said.count(SAID) == len(Part)
    assert not any(word in said for word in ("Pagi cap", "Kawan tee", "Web jacket", "Till hat", "SML"))


def test_what_another_row_of_the_same_human_said_counts(on_duty, ayu):
    till = Person.objects.create(name="Ayu", merged_into=ayu.person)
    hide(till, Part.PURCHASES)
    assert "Web jacket" not in read(on_duty.get(open_at(on_duty, ayu.person)))


def test_saying_it_again_writes_nothing(ayu):
    hide(ayu.person, Part.LIST)
    hide(ayu.person, Part.LIST)
    assert Consent.objects.count() == 1
    assert hidden_in(stated(ayu.person)) == {Part.LIST}


def test_purchases_of_every_row_of_the_human_are_there(on_duty, ayu, shop):
    till = Person.objects.create(name="A. Lestari", merged_into=ayu.person)
    Sale.objects.update(person=till)
    assert "Till hat" in read(on_duty.get(open_at(on_duty, ayu.person)))


def hear(person, many):
    """Follow-ups that were decided, each by what they said."""
    make_usual_journeys()
    journey, now = Journey.objects.earliest("pk"), timezone.now()
    said = {"channel": "email", "consent": 1}
    became = {"state": "stopped", "why": "cap", "said": said, "occurred_at": now, "due_at": now, "decided_at": now}
    rows = (FollowUp(journey=journey, step=1, occurrence=f"o-{n}", person=person, **became) for n in range(many))
    FollowUp.objects.bulk_create(rows)


@pytest.mark.parametrize("many", [1, 500])
def test_it_costs_eleven_queries_however_much_was_bought_and_heard(
    on_duty, ayu, shop, many, django_assert_max_num_queries
):
    buy(ayu, shop.store, many)
    hear(ayu.person, many)
    page = open_at(on_duty, ayu.person)
    on_duty.get(page)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert on_duty.get(page).status_code == 200


def test_older_purchases_are_a_page_away(on_duty, ayu, shop):
    buy(ayu, shop.store, 45)
    page = open_at(on_duty, ayu.person)
    first, last = read(on_duty.get(page)), read(on_duty.get(f"{page}?page=3"))
    assert "Older ones" in first
    assert "Newer ones" not in first
    assert "L-44" in last
    assert "Older ones" not in last
    for odd in ("0", "-1", "x", "9" * 30):
        assert on_duty.get(f"{page}?page={odd}").status_code == 200


def test_an_article_is_found_by_number_sku_and_words(on_duty, ayu, django_assert_max_num_queries):
    page = open_at(on_duty, ayu.person)
    for said in ("9521234543213", "cap", "KTEE", "kawan"):
        with django_assert_max_num_queries(12):
            answer = on_duty.get(f"{page}find/", {"q": said})
        assert ("Kawan tee" if "k" in said.lower() else "Pagi cap") in read(answer)
    assert "Nothing found" in read(on_duty.get(f"{page}find/", {"q": "zzxxqq"}))
    assert "Nothing found" in read(on_duty.get(f"{page}find/", {"q": "\x00'"}))
    said = on_duty.get(f"{page}find/", {"product": ayu.tee.pk}).content.decode()
    assert f'<option value="{ayu.tee.pk}" selected>M · None here' in said


def test_who_is_forgotten_is_nobodys_page(on_duty, ayu):
    page = open_at(on_duty, ayu.person)
    with transaction.atomic():
        person_erased.send(sender=Person, person_ids=[ayu.person.pk], user_ids=[ayu.user.pk], values=[])
    assert on_duty.get(page).status_code == 404
    assert the_look().person is None
    assert the_look().who == "Sari"


def test_who_asks_what_we_hold_is_told_who_looked(on_duty, ayu):
    open_at(on_duty, ayu.person)
    told = {}
    person_exported.send(
        sender=Person, person_ids=[ayu.person.pk], user_ids=[ayu.user.pk],
        add=lambda kind, rows: told.setdefault(kind, []).extend(rows),
    )  # fmt: skip
    (row,) = told["look_ups"]
    assert (row["who"], row["store"], row["why"]) == ("Sari", "Menteng", "showed their code")
