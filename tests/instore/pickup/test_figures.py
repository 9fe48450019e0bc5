"""The manager's page of pickups, from the outside: the figures, the rows behind them, and who may see which."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from instore.pickup.figures import KINDS, figures
from instore.pickup.models import Pickup, ShortReason, State
from instore.pickup.pick import begin, mark_short
from instore.pickup.ready import mark_ready
from instore.staff.assign import hire
from instore.staff.models import Role
from tests.instore.pickup.conftest import RINA, bring, line_of
from tests.instore.places import make_store, put
from tests.instore.tablets import make_manager, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
PAGE = "/dashboard/lintas/pickups/"
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(client):
    client.force_login(make_manager())
    return client


@pytest.fixture
def many(shop, collected):
    """One to be picked that is late, one ready in time, one ready too late, one short, one that nobody came for."""
    now = timezone.now()
    made = {name: collected(shop.store, (shop.tee, 1)).pickup for name in ("late", "ready", "tardy", "no-show")}
    made["short"] = collected(shop.store, (shop.hat, 2)).pickup
    for name in ("ready", "tardy"):
        bring(made[name], State.READY)
    bring(made["no-show"], State.EXPIRED)
    begin(pickup_id=made["short"].pk, by=RINA)
    mark_short(
        pickup_id=made["short"].pk, line=line_of(made["short"], "hat").pk, found=1, reason=ShortReason.SOLD, by=RINA
    )
    mark_ready(pickup_id=made["short"].pk, by=RINA)
    for name in ("late", "tardy"):
        Pickup.objects.filter(pk=made[name].pk).update(promised_at=now - HOUR)
    Pickup.objects.filter(pk=made["tardy"].pk).update(ready_at=now - HOUR / 2)
    return made


def test_what_waits_and_what_is_late_now(many, shop):
    found = figures([shop.store.pk])[shop.store.pk]
    assert found.waiting == {"placed": 1, "picking": 0, "ready": 3, "expired": 1}
    assert found.overdue == 1


def test_a_week_in_figures(many, shop):
    Pickup.objects.update(promised_at=timezone.now() - HOUR)  # midnight on Sunday parts no pickups of this test
    Pickup.objects.exclude(pk__in=[many["late"].pk, many["tardy"].pk]).update(ready_at=timezone.now() - 2 * HOUR)
    (week,) = figures([shop.store.pk])[shop.store.pk].weeks
    assert (week.pickups, week.late, week.short, week.no_shows, week.on_time) == (5, 2, 1, 1, 3)
    assert week.percent_on_time == 60
    assert week.monday.weekday() == 0


def test_weeks_are_the_stores_own(many, shop):
    sunday = timezone.now() - timedelta(days=timezone.now().weekday() + 1)
    Pickup.objects.update(promised_at=sunday.replace(hour=18, minute=0))  # in Jakarta that is Monday
    (week,) = figures([shop.store.pk])[shop.store.pk].weeks
    assert week.monday == sunday.date() + timedelta(days=1)


def test_each_figure_leads_to_its_pickups(desk, many, shop):
    page = desk.get(PAGE).content.decode()
    links = re.findall(r'href="(/dashboard/lintas/pickups/list/\?[^"]*what=[^"]*)"', page)
    seen = set()
    for link in links:
        rows = desk.get(link.replace("&amp;", "&"))
        assert rows.status_code == 200
        assert rows.context["object_list"]
        seen.add(re.search("what=([^&]*)", link)[1])
    assert seen == set(KINDS) - {"picking"}


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("overdue", {"late"}),
        ("late", {"late", "tardy"}),
        ("short", {"short"}),
        ("no-show", {"no-show"}),
        ("on-time", {"ready", "no-show", "short"}),
        ("", {"late", "ready", "tardy", "no-show", "short"}),
    ],
)
def test_the_list_is_what_the_figure_counts(desk, many, what, names):
    rows = desk.get(f"{PAGE}list/?what={what}&store=menteng").context["object_list"]
    assert {row.pk for row in rows} == {many[name].pk for name in names}


def test_without_pickups_the_page_says_so(desk, shop):
    assert "No order is collected here yet" in read(desk.get(PAGE))
    assert "There is no such pickup" in read(desk.get(f"{PAGE}list/?what=late"))


@pytest.mark.parametrize("query", ["what=everything", "store=dago", "store=%00", "week=yesterday"])
def test_what_there_is_not_is_not_found(desk, shop, query):
    assert desk.get(f"{PAGE}list/?{query}").status_code == 404


def test_it_costs_the_same_for_many(desk, many, shop, collected):
    desk.get(PAGE)

    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    before = [cost(PAGE), cost(f"{PAGE}list/")]
    for n in range(5):
        store = make_store(f"store-{n}")
        for _ in range(2):
            collected(store, (put(shop.tee.product, store.partner, 3, sku=f"T-{n}"), 1))
    assert [cost(PAGE), cost(f"{PAGE}list/")] == before
    assert max(before) <= 12


def manager_of(store, email="rosa@langkah.example"):
    rosa = get_user_model().objects.create_user(email=email, password="x")
    rosa.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    store.partner.users.add(rosa)
    return rosa


def test_a_manager_sees_their_own_stores_only(client, many, shop):
    dago = make_store("dago")
    client.force_login(manager_of(dago))
    page = read(client.get(PAGE))
    assert "Menteng" not in page
    assert "No order is collected here yet" in page
    assert not client.get(f"{PAGE}list/").context["object_list"]
    assert client.get(f"{PAGE}list/?store=menteng").status_code == 404
    client.force_login(manager_of(shop.store, "tuti@langkah.example"))
    assert "Menteng" in read(client.get(PAGE))
    assert len(client.get(f"{PAGE}list/?store=menteng").context["object_list"]) == 5


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}list/"])
def test_strangers_sign_in_first_and_an_associate_of_the_store_is_refused(client, shop, page):
    assert client.get(page).url == f"/dashboard/login/?next={page}"
    joko = get_user_model().objects.create_user(email="joko@langkah.example", password="x")
    associate = hire(display_name="Joko", till_id="", store=shop.store, role=Role.MANAGER, by=None)
    type(associate).objects.filter(pk=associate.pk).update(user=joko)
    client.force_login(joko)
    assert client.get(page).status_code == 403


def test_the_list_names_nobody(desk, pickup):
    Pickup.objects.update(name="Budi Hartono", email="budi@langkah.example", phone="+6281234567")
    page = read(desk.get(f"{PAGE}list/"))
    assert str(pickup.order.number) in page
    assert "Budi" not in page
    assert "6281234567" not in page


def slots(store):
    return f"{PAGE}slots/{store.pk}/"


def test_a_manager_says_how_many_and_how_fast(client, shop):
    client.force_login(manager_of(shop.store))
    assert "10 pickups in 60 minutes" in read(client.get(PAGE))
    assert "Pickups at Menteng" in read(client.get(slots(shop.store)))
    saved = client.post(slots(shop.store), {"lead_minutes": 90, "slot_minutes": 30, "pickup_capacity": ""})
    assert saved.url == PAGE
    shop.store.refresh_from_db()
    assert (shop.store.lead_minutes, shop.store.slot_minutes, shop.store.pickup_capacity) == (90, 30, None)
    assert "as many pickups as are asked for in 30 minutes" in read(client.get(PAGE))


@pytest.mark.parametrize("minutes", ["14", "1441", "an hour", ""])
def test_a_slot_that_no_day_has_is_refused(desk, shop, minutes):
    answer = desk.post(slots(shop.store), {"lead_minutes": 60, "slot_minutes": minutes, "pickup_capacity": 1})
    assert answer.context["form"].errors.keys() == {"slot_minutes"}
    shop.store.refresh_from_db()
    assert shop.store.slot_minutes == 60


def test_nobody_changes_another_store(client, shop):
    facts = {"lead_minutes": 1, "slot_minutes": 15, "pickup_capacity": 0}
    assert client.post(slots(shop.store), facts).url.startswith("/dashboard/login/")
    client.force_login(manager_of(make_store("dago")))
    assert client.get(slots(shop.store)).status_code == 404
    assert client.post(slots(shop.store), facts).status_code == 404
    shop.store.refresh_from_db()
    assert shop.store.pickup_capacity == 10
