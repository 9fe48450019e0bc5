"""A pickup on the tablet, tap by tap: done once, refused in words, and never another store's."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from instore.pickup.models import PickupLine, PickupStep, State
from instore.staff.models import Role
from instore.tablet.models import TabletAction
from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.oscar.models import Category
from tests.e2e.looks import misshapen
from tests.instore.pickup.conftest import bring, levels, line_of, state_of
from tests.instore.places import make_product, make_store
from tests.instore.tablet.conftest import nonce, nonces, page_of, sign_in_at, tap
from tests.instore.tablets import make_device, read, tablet_of

pytestmark = pytest.mark.django_db
VERBS = ["begin", "found", "missing", "ask", "ready", "cancel", "put-back"]


@pytest.fixture
def picking(pickup):
    bring(pickup, State.PICKING)
    return pickup


def test_from_the_shelf_into_the_bag(on_duty, pickup, shop):
    describe(product=shop.tee.product, size="M", colour="Indigo")
    set_gtins(product=shop.tee.product, values=["9521234500018"])
    assert "Start to pick" in read(on_duty.get(page_of(pickup)))
    assert tap(on_duty, pickup, "begin", 1).url == page_of(pickup)
    page = on_duty.get(page_of(pickup))
    said = read(page)
    for word in ("Size M", "Colour Indigo", "SKU TEE", "GTIN 09521234500018", "Found all 2", "2 lines are still open"):
        assert word in said
    assert len(set(nonces(page))) == len(nonces(page)) >= 5
    tee, hat = line_of(pickup, "tee").pk, line_of(pickup, "hat").pk
    assert tap(on_duty, pickup, "found", 2, line=tee, quantity=1).status_code == 302
    assert "1 of 2 in the bag" in read(on_duty.get(page_of(pickup)))
    tap(on_duty, pickup, "missing", 3, line=tee, found=1, reason="damaged")
    tap(on_duty, pickup, "found", 4, line=hat, quantity=1)
    page = on_duty.get(page_of(pickup))
    assert "1 of 2: damaged" in read(page)
    assert "All is said" in read(page)
    assert list(misshapen(page.content.decode())) == []
    tap(on_duty, pickup, "ready", 5)
    assert "Ready to collect" in read(on_duty.get(page_of(pickup)))
    assert levels(shop) == {"tee": (5, 1), "hat": (4, 1)}
    begun = PickupStep.objects.get(after="picking", before="placed")
    assert (begun.who, begun.place) == ("Sari", "Till side")


def test_what_nobody_collected_is_put_back(on_duty, pickup, shop):
    bring(pickup, State.EXPIRED)
    assert "All is back on the shelf" in read(on_duty.get(page_of(pickup)))
    tap(on_duty, pickup, "put-back", 1)
    assert state_of(pickup) == "put_back"
    assert levels(shop)["tee"] == (5, 0)


def test_a_pickup_can_be_called_off(on_duty, pickup):
    tap(on_duty, pickup, "cancel", 1)
    assert state_of(pickup) == "cancelled"
    page = read(on_duty.get(page_of(pickup)))
    assert "Cancelled" in page
    assert "Cancel this pickup" not in page


def test_the_same_nonce_acts_once_and_says_the_same(on_duty, pickup):
    first, again = tap(on_duty, pickup, "begin", 1), tap(on_duty, pickup, "begin", 1)
    assert first.url == again.url
    assert PickupStep.objects.filter(after="picking").count() == 1
    refused, refused_again = tap(on_duty, pickup, "begin", 2), tap(on_duty, pickup, "begin", 2)
    assert read(refused, 409).count("Somebody was faster") == read(refused_again, 409).count("Somebody was faster") == 1
    assert TabletAction.objects.count() == 2


def test_a_refusal_stays_one_although_it_could_be_done_by_now(on_duty, pickup):
    assert tap(on_duty, pickup, "ready", 1).status_code == 409
    bring(pickup, State.READY)
    assert "Nobody has started" in read(tap(on_duty, pickup, "ready", 1), 409)


def test_a_nonce_is_good_for_one_thing(on_duty, picking):
    line = line_of(picking, "tee").pk
    tap(on_duty, picking, "found", 1, line=line, quantity=1)
    assert "out of date" in read(tap(on_duty, picking, "found", 1, line=line, quantity=2), 409)
    assert line_of(picking, "tee").picked == 1
    other = sign_in_at(picking.store, "Budi", device="Stock room")
    assert tap(other, picking, "found", 1, line=line, quantity=1).status_code == 409


@pytest.mark.parametrize(
    "said", [{}, {"nonce": "short"}, {"nonce": "x" * 65}, {"nonce": "é" * 20}, {"nonce": "\0" * 20}]
)
def test_without_a_nonce_nothing_is_done(on_duty, pickup, said):
    assert "out of date" in read(on_duty.post(f"{page_of(pickup)}begin/", said), 409)
    assert state_of(pickup) == "placed"


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("found", {}),
        ("found", {"line": "1", "quantity": "-1"}),
        ("found", {"line": "9" * 30, "quantity": "1"}),
        ("found", {"line": "²", "quantity": "1"}),
        ("found", {"line": "1", "quantity": "9" * 10}),
        ("missing", {"line": "1", "found": "0", "reason": "eaten"}),
    ],
)
def test_a_form_that_is_none_of_ours_does_nothing(on_duty, picking, verb, said):
    assert "out of date" in read(tap(on_duty, picking, verb, 1, **said), 409)
    assert not TabletAction.objects.exists()


def test_every_refusal_says_what_to_do_next(on_duty, picking):
    tee, hat = line_of(picking, "tee").pk, line_of(picking, "hat").pk
    told = read(tap(on_duty, picking, "ready", 1), 409)
    assert "2 lines are not done. Say of each" in told
    assert "At most 2 make sense here. Count again." in read(
        tap(on_duty, picking, "found", 2, line=tee, quantity=3), 409
    )
    assert "At most 1 makes sense here." in read(
        tap(on_duty, picking, "missing", 3, line=tee, found=2, reason="sold"), 409
    )
    assert "out of date" in read(tap(on_duty, picking, "found", 4, line=tee + 999, quantity=1), 409)
    tap(on_duty, picking, "missing", 5, line=tee, found=0, reason="not_found")
    assert "only 0 are there" in read(tap(on_duty, picking, "found", 6, line=tee, quantity=1), 409)
    tap(on_duty, picking, "missing", 7, line=hat, found=0, reason="not_found")
    assert "The bag is empty" in read(tap(on_duty, picking, "ready", 8), 409)


@pytest.mark.parametrize("state", [state for state in State if state != State.PLACED])
def test_from_every_other_state_a_start_is_refused_in_words(on_duty, pickup, state):
    bring(pickup, state)
    answer = tap(on_duty, pickup, "begin", 1)
    assert 'role="alert"' in answer.content.decode()
    read(answer, 409)
    assert state_of(pickup) == state


def test_with_scripts_the_page_comes_back_at_once(on_duty, pickup):
    answer = on_duty.post(f"{page_of(pickup)}begin/", {"nonce": nonce(1)}, headers={"HX-Request": "true"})
    assert "Being picked" in read(answer)
    assert 'id="pickup"' in answer.content.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_touches_another_stores_pickup(pickup, clean_cache, verb):
    elsewhere = sign_in_at(make_store("dago"), "Budi", role=Role.MANAGER)
    assert "No such pickup here" in read(tap(elsewhere, pickup, verb, 1), 404)
    assert state_of(pickup) == "placed"
    assert not TabletAction.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_without_device_or_sign_in_nothing_is_done(pickup, shop, clean_cache, verb):
    nobody, locked = Client(), tablet_of(make_device(shop.store)[1])
    assert tap(nobody, pickup, verb, 1).status_code == 401
    assert tap(locked, pickup, verb, 2).status_code == 401
    assert nobody.get(page_of(pickup)).url == "/staff/enrol/"
    assert str(pickup.order.number) not in locked.get(page_of(pickup)).content.decode().replace(page_of(pickup), "")
    assert state_of(pickup) == "placed"


@pytest.mark.parametrize("verb", ["hand-over", "steal"])
def test_only_known_verbs_are_done_there(on_duty, pickup, verb):
    bring(pickup, State.READY)
    assert tap(on_duty, pickup, verb, 1).status_code == 404
    assert state_of(pickup) == "ready"


def test_a_tap_is_a_form_with_a_token_of_ours(pickup, shop, clean_cache):
    tablet = sign_in_at(shop.store)
    strict = tablet_of("", enforce_csrf_checks=True)
    strict.cookies = tablet.cookies
    assert tap(strict, pickup, "begin", 1).status_code == 403


def test_an_unknown_number_is_not_here(on_duty):
    for number in ("nothing", "9" * 300, "9%00"):
        read(on_duty.get(f"/staff/pickups/{number}/"), 404)


def test_a_pickup_asks_the_database_little_however_many_lines(on_duty, picking):
    on_duty.get(page_of(picking))
    for extra in (0, 48):
        for number in range(extra):
            another_line(picking, make_product(f"Sock {number}"))
        with CaptureQueriesContext(connection) as queries:
            said = read(on_duty.get(page_of(picking)))
        assert len(queries) <= 12, [query["sql"] for query in queries]
        assert f"{extra + 2} lines are still open" in said


def another_line(pickup, product):
    line = pickup.order.lines.order_by("pk").first()
    line.pk, line.product = None, product
    line.save()
    PickupLine.objects.create(pickup=pickup, order_line=line, quantity=1)


def test_goods_and_shelves_are_named_in_the_readers_language(on_duty, pickup, shop):
    tee = shop.tee.product
    tee.title = "Kawan tee, black"
    tee.save()
    describe(product=tee, size="M", colour="black")
    tee.categories.add(Category.add_root(name="Boots"))
    said = read(on_duty.get(page_of(pickup), HTTP_ACCEPT_LANGUAGE="id"))
    assert "Kaos Kawan, hitam" in said
    assert "Sepatu bot" in said
    assert "black" not in said
    assert "Boots" not in said
