"""From Oscar's own checkout to the hand-over on the tablet: on pages that came along, with nothing forked."""

import re

import pytest
from boutique.collect import open_store
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from goods import Guest
from oscar.core.loading import get_model
from pages import Browser

from omni_sync.messages.drain import send_messages
from omni_sync.stock.models import Hold, Movement

Order = get_model("order", "Order")
PIN = "493817"


@pytest.fixture
def chiado(shop):
    return open_store(shop.street)


@pytest.fixture
def desk(staff):
    browser = Browser()
    browser.force_login(staff)
    return browser


def order(shop, quantity=2, **said):
    """A guest collects scarves at Chiado."""
    guest = Guest()
    guest.add(shop.scarf, quantity)
    assert guest.post("/collect-at/chiado/").url == "/basket/"
    guest.post("/checkout/", {"username": "ines@example.com", "options": "anonymous"})
    asked = guest.get("/checkout/shipping-address/", follow=True)
    assert asked.request["PATH_INFO"] == "/checkout/payment-details/"  # nobody is asked where to
    preview = guest.get("/checkout/preview/").content.decode()
    assert all(f'name="{asked}"' in preview for asked in ("promised_at", "name", "phone"))
    facts = {"action": "place_order", "name": "Inês Sousa", "phone": "+351 21 555 0199", **said}
    assert guest.post("/checkout/preview/", facts).status_code == 302
    return Order.objects.get()


def tablet_of_chiado(desk, chiado):
    """Enrolled by a code from the dashboard, with Tiago signed in by the PIN that was set there."""
    desk.open("/dashboard/lintas/devices/")
    desk.press("Make a code", store=chiado.pk, kind="tablet", name="Counter")
    code = re.search(r"and type\s+(\S+(?: \S+)?)\s+It becomes", desk.read())[1]
    desk.open("/dashboard/lintas/associates/new/")
    desk.press("Add", display_name="Tiago", store=chiado.pk, role="associate")
    desk.press("Set the PIN", pin=PIN, again=PIN)
    tablet = Browser()
    tablet.open("/staff/today/")
    assert "Tiago" in tablet.press("Enrol", code=code)
    tablet.open(re.search(r'href="(/staff/\?who=\d+)"', tablet.page.content.decode())[1])
    assert "Tiago (Associate)" in tablet.press("Sign in", pin=PIN)
    return tablet


def code_in_the_letter():
    """What Inês was sent leads to her page, which shows her code."""
    send_messages()
    letters = [one for one in mail.outbox if "/collect/" in one.body]
    assert {tuple(letter.to) for letter in letters} == {("ines@example.com",)}
    (path,) = {re.search(r"/collect/[\w-]+/", letter.body)[0] for letter in letters}
    page = Guest().get(path).content.decode()
    return re.sub(r"\s", "", re.search(r'class="code-letters">([^<]+)<', page)[1])


def test_from_the_checkout_to_the_hand_over(shop, desk, chiado):
    placed = order(shop)
    assert (placed.number, placed.shipping_address, placed.total_incl_tax) == (f"B-{placed.basket_id}", None, 40)
    assert Hold.objects.open().get().stockrecord.partner == shop.street
    tablet = tablet_of_chiado(desk, chiado)
    today = tablet.open("/staff/today/")
    for word in ("To pick 1", "Inês Sousa", "2 pieces", f"Order {placed.number}"):
        assert word in today
    tablet.open(f"/staff/pickups/{placed.number}/")
    assert "Blue scarf" in tablet.press("Start to pick")
    assert "All is said" in tablet.press("Found all 2")
    assert "Ready to collect" in tablet.press("The bag is ready")
    tablet.open("/staff/collect/")
    bag = tablet.press("Find the bag", code=code_in_the_letter())
    assert "Inês Sousa" in bag
    assert "40.00" in bag
    assert "Handed over" in tablet.press("Paid in cash")
    assert_it_is_sold(placed, shop)
    page = desk.open(f"/dashboard/orders/{placed.number}/")
    assert "Complete" in page
    assert "Blue scarf" in page
    assert placed.number in desk.open("/dashboard/orders/")
    assert placed.number in desk.open("/dashboard/lintas/pickups/list/")


def assert_it_is_sold(placed, shop):
    placed.refresh_from_db()
    assert (placed.status, placed.pickup.state) == ("Complete", "collected")
    assert placed.sources.get().amount_debited == 40
    assert placed.notes.get().message == "Wrap it in the blue paper."
    assert not Hold.objects.open().exists()
    assert Movement.objects.get(kind="hand-over").quantity == -2
    assert shop.street.stockrecords.get().num_in_stock == 5
    assert shop.online.net_stock_level == 50
    call_command("audit_stock")


def test_what_is_short_is_not_paid_and_a_form_without_a_token_does_nothing(shop, desk, chiado):
    placed = order(shop)
    tablet = tablet_of_chiado(desk, chiado)
    begin = f"/staff/pickups/{placed.number}/begin/"
    assert tablet.post(begin, {"nonce": "a-nonce-of-a-test"}).status_code == 403
    tablet.open(f"/staff/pickups/{placed.number}/")
    tablet.press("Start to pick")
    tablet.press("One more")
    tablet.press("Damaged")
    tablet.press("The bag is ready")
    tablet.open("/staff/collect/")
    assert "20.00" in tablet.press("Find the bag", code=code_in_the_letter())
    tablet.press("Paid by card")
    assert placed.sources.get().amount_debited == 20
    assert shop.street.stockrecords.get().num_in_stock == 6
    call_command("audit_stock")


def test_oscars_models_are_oscars_own(settings):
    """Every model of its apps is the class that Oscar has, and its table the one that Oscar's migrations make."""
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith(("oscar.", "boutique."))}
    assert {"basket", "catalogue", "order", "partner", "payment", "shipping"} <= labels
    ours = [model for model in apps.get_models() if model._meta.app_label in labels]
    assert [model for model in ours if not model.__module__.startswith("oscar.")] == []
    settings.MIGRATION_MODULES = {"order": "oscar.apps.order.migrations"}
    with translation.override(None):  # as makemigrations compares them
        loader = MigrationLoader(None)
        made, there = loader.project_state(), ProjectState.from_apps(apps)
        changes = MigrationAutodetector(made, there).changes(graph=loader.graph)
    assert labels & changes.keys() == set()
