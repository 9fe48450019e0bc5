"""The shopper's pickup page: what it says in every state, what can be done on it, and who may open it."""

import re
import secrets
import time
from datetime import timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from instore.pickup import views
from instore.pickup.code import code_of, token_of
from instore.pickup.models import Pickup, PickupLine, PickupStep, ShortReason, State
from instore.pickup.pick import mark_short
from instore.pickup.words import spoken
from omni_sync import limits
from omni_sync.oscar.models import OrderLine
from omni_sync.stock.models import Hold
from tests.e2e.looks import misshapen
from tests.instore.pickup.conftest import RINA, bring, line_of, state_of, to_picking
from tests.instore.tablet.conftest import on_duty  # noqa: F401
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
QUERIES = 5


def address_of(pickup):
    return f"/collect/{token_of(pickup)}/"


def shown(pickup, **headers):
    return Client().get(address_of(pickup), headers=headers)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.PLACED, "We have your order."),
        (State.PICKING, "Somebody is packing your bag."),
        (State.READY, "Your bag is ready at Menteng"),
        (State.COLLECTED, "You have your things."),
        (State.CANCELLED, "This order is cancelled"),
        (State.EXPIRED, "ask Menteng soon"),
        (State.PUT_BACK, "The things are back on the shelf."),
    ],
)
def test_every_state_has_its_page(pickup, state, said):
    code = spoken(code_of(pickup))
    bring(pickup, state)
    answer = shown(pickup)
    page = read(answer)
    assert said in page
    assert f"Order {pickup.order.number}" in page
    is_open = state in (State.PLACED, State.PICKING, State.READY)
    assert (code in page) is is_open
    assert ("<svg width" in answer.content.decode()) is is_open
    assert ("I'm here" in page.replace("&#x27;", "'")) is is_open
    assert list(misshapen(answer.content.decode())) == []


def test_the_page_says_when_where_what_and_how_much(pickup, shop):
    type(shop.store).objects.update(street="Jalan Cikini 1", latitude="-6.19", longitude="106.84")
    page = read(shown(pickup))
    promised = timezone.localtime(pickup.promised_at)
    assert re.search(rf"Ready (today|tomorrow) from {promised:%H:%M} at Menteng", page)
    assert "2 \N{MULTIPLICATION SIGN} Tee" in page
    assert "Jalan Cikini 1" in page
    assert "Open day and night" in page
    assert "Today: 00:00\N{EN DASH}24:00" in page
    assert "To pay in the store: Rp447,000" in page
    assert "https://www.openstreetmap.org/?mlat=-6.190000" in shown(pickup).content.decode()


def test_who_is_written_to_need_not_look(pickup):
    assert "This page tells you" in read(shown(pickup))
    Pickup.objects.update(email="dewi@example.com")
    assert "We write to you" in read(shown(pickup))


def test_a_store_that_is_late_says_so(pickup):
    Pickup.objects.update(promised_at=timezone.now() - timedelta(minutes=5))
    assert "longer than we said" in read(shown(pickup))


def test_what_was_short_is_marked(pickup):
    to_picking(pickup)
    mark_short(pickup_id=pickup.pk, line=line_of(pickup, "tee").pk, found=1, reason=ShortReason.NOT_FOUND, by=RINA)
    page = read(shown(pickup))
    assert "1 is not there" in page
    assert "Rp298,000" in page


def test_the_qr_is_the_address_with_a_quiet_zone(pickup, monkeypatch):
    drawn = []
    monkeypatch.setattr(views, "qr_svg", lambda text: drawn.append(text) or "")
    shown(pickup)
    assert drawn == [f"http://testserver{address_of(pickup)}"]
    monkeypatch.undo()
    svg = ElementTree.fromstring(re.search(r"<svg width.*?</svg>", shown(pickup).content.decode(), re.DOTALL)[0])
    side = int(svg.get("viewBox").split()[2])
    (path,) = [part for part in svg if part.get("d")]
    corners = [tuple(map(int, corner)) for corner in re.findall(r"M(\d+),(\d+)", path.get("d"))]
    assert min(map(min, corners)) == 4
    assert max(map(max, corners)) == side - 4 - 1


@pytest.mark.parametrize("known", ["", "here/", "friend/", "cancel/"])
def test_an_address_nobody_was_given_says_nothing(pickup, known):
    for token in (secrets.token_urlsafe(32), "x", pickup.order.number):
        ask = Client().post if known == "here/" else Client().get
        answer = ask(f"/collect/{token}/{known}")
        page = read(answer, 404)
        assert "nothing at this address" in page
        assert "Menteng" not in page


def test_the_address_is_kept_to_oneself(pickup):
    answer = shown(pickup)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert not answer.cookies


def test_who_looks_too_often_waits(pickup, monkeypatch):
    monkeypatch.setattr(views.looks, "most", 2)
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 6_000.0, monotonic=time.monotonic))  # it stands
    assert [shown(pickup).status_code for _ in range(3)] == [200, 200, 429]
    answer = shown(pickup)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "too often" in read(answer, 429)


def test_the_page_speaks_the_language_of_the_order(pickup):
    Pickup.objects.update(language="")
    assert shown(pickup, accept_language="id").headers["Content-Language"] == "id"
    Pickup.objects.update(language="id")
    assert shown(pickup, accept_language="en").headers["Content-Language"] == "id"


def test_the_store_sees_who_is_here_first(pickup, collected, shop, on_duty):  # noqa: F811
    other = collected(shop.store, (shop.hat, 1)).pickup
    Pickup.objects.filter(pk=other.pk).update(name="Budi", promised_at=pickup.promised_at + timedelta(hours=1))
    Pickup.objects.filter(pk=pickup.pk).update(name="Dewi")
    assert read(on_duty.get("/staff/today/")).index("Dewi") < read(on_duty.get("/staff/today/")).index("Budi")
    answer = Client().post(f"{address_of(other)}here/", follow=True)
    assert "The store knows since" in read(answer)
    today = read(on_duty.get("/staff/today/"))
    assert today.index("Budi") < today.index("Dewi")
    assert "Here since" in today


def test_said_again_the_first_time_counts(pickup):
    Client().post(f"{address_of(pickup)}here/")
    first = Pickup.objects.get().here_at
    assert Client().post(f"{address_of(pickup)}here/").status_code == 302
    assert Pickup.objects.get().here_at == first is not None


def test_nobody_is_here_for_what_is_over(pickup):
    bring(pickup, State.CANCELLED)
    assert "cancelled" in read(Client().post(f"{address_of(pickup)}here/", follow=True))
    assert Pickup.objects.get().here_at is None


def test_a_friend_is_named_at_the_counter(pickup, on_duty):  # noqa: F811
    assert "picture of the code" in read(Client().get(f"{address_of(pickup)}friend/"))
    answer = Client().post(
        f"{address_of(pickup)}friend/", {"name": "  Ayu \n\0 <b>Lestari</b> " + "x" * 100}, follow=True
    )
    assert "may come" in read(answer)
    assert Pickup.objects.get().friend.startswith("Ayu <b>Lestari</b> xxx")
    bring(pickup, State.READY)
    on_duty.post("/staff/collect/", {"code": code_of(pickup)})
    bag = on_duty.get(f"/staff/collect/{pickup.order.number}/")
    assert "Ayu &lt;b&gt;Lestari" in bag.content.decode()
    assert "may collect it too" in read(bag)


def test_a_friend_can_be_taken_back_but_not_named_once_it_is_over(pickup):
    Client().post(f"{address_of(pickup)}friend/", {"name": "Ayu"})
    Client().post(f"{address_of(pickup)}friend/", {"name": " "})
    assert Pickup.objects.get().friend == ""
    bring(pickup, State.COLLECTED)
    Client().post(f"{address_of(pickup)}friend/", {"name": "Ayu"})
    assert Pickup.objects.get().friend == ""
    assert Client().get(f"{address_of(pickup)}friend/").status_code == 302


def test_cancelling_asks_once_more_and_lets_go(pickup):
    page = f"{address_of(pickup)}cancel/"
    assert "Cancel this order?" in read(Client().get(page))
    assert state_of(pickup) == State.PLACED
    assert "This order is cancelled" in read(Client().post(page, follow=True))
    assert state_of(pickup) == State.CANCELLED
    assert not Hold.objects.open().exists()
    step = PickupStep.objects.get(after=State.CANCELLED)
    assert (step.place, step.user) == ("web", None)


def test_cancelling_after_the_hand_over_changes_nothing(pickup):
    bring(pickup, State.COLLECTED)
    assert "You have your things" in read(Client().post(f"{address_of(pickup)}cancel/", follow=True))
    assert state_of(pickup) == State.COLLECTED


def test_forms_need_no_cookie_because_the_address_is_the_secret(pickup):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"{address_of(pickup)}here/", headers={"origin": "null"})
    assert answer.status_code == 302


def test_the_page_asks_little_of_the_database_however_long_it_is(pickup):
    line = OrderLine.objects.filter(order=pickup.pk).first()
    with CaptureQueriesContext(connection) as few:
        shown(pickup)
    for _ in range(50):
        line.pk = None
        line.save()
        PickupLine.objects.create(order_line=line, pickup=pickup, quantity=1)
    with CaptureQueriesContext(connection) as many:
        shown(pickup)
    assert len(few) == len(many) <= QUERIES


def test_the_page_follows_its_pickup(pickup):
    assert re.search(r'data-live="[^"]+:', shown(pickup).content.decode())


def test_both_sides_follow_what_the_shopper_says(pickup, shop, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    for module in ("instore.pickup.live", "instore.tablet.live"):
        monkeypatch.setattr(f"{module}.publish", told.extend)
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(f"{address_of(pickup)}here/")
    assert sorted(told) == [f"pickup-{pickup.pk}", f"pickups-{shop.store.pk}"]
    told.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(f"{address_of(pickup)}here/")
    assert told == []
    with django_capture_on_commit_callbacks(execute=True):
        to_picking(pickup)
    assert sorted(told) == [f"pickup-{pickup.pk}", f"pickups-{shop.store.pk}"]
