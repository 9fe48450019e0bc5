from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

from instore.stores.models import Store
from instore.stores.queries import availability
from omni_sync.catalogue.gtin import is_restricted, normalise
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.models import Product, StockRecord
from omni_sync.stock.models import Level, Movement
from shop.seed.people import SHOPPER, STAFF
from shop.seed.styles import STYLES


def seed(**options):
    call_command("seed", stdout=StringIO(), **options)


def tally():
    models = [model for model in apps.get_models() if model._meta.app_label not in {"sessions", "contenttypes", "auth"}]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_every_variant_has_a_number_of_its_own_in_the_example_prefix():
    variants = [variant for style in STYLES for variant in style.variants()]
    numbers = [normalise(gtin) for _, _, gtin in variants]
    assert len(set(numbers)) == len(numbers) == len({sku for sku, _, _ in variants})
    assert all(number.startswith("0952") and not is_restricted(number) for number in numbers)
    assert ("LK-TEE-BLK-M", "M", "9521234543213") in variants


@pytest.mark.django_db
def test_the_demo_is_seeded_once_however_often_it_is_asked_for():
    seed()
    first = tally()
    assert Store.objects.count() == 5
    assert Product.objects.filter(structure="parent").count() == len(STYLES)
    assert StockRecord.objects.count() == 6 * Gtin.objects.count()
    seed()
    assert tally() == first


@pytest.mark.django_db
def test_the_stock_of_the_demo_is_in_the_ledger():
    seed()
    assert Level.objects.count() == StockRecord.objects.count()
    assert set(Movement.objects.values_list("kind", flat=True)) == {Movement.Kind.RECEIVED}
    assert sum(Level.objects.values_list("on_hand", flat=True)) == sum(
        Movement.objects.values_list("quantity", flat=True)
    )
    call_command("audit_stock", stdout=StringIO())
    answer = availability(sku="LK-TEE-BLK-M")
    assert answer["gtin"] == "09521234543213"
    assert {store["store"] for store in answer["stores"]} == {"menteng", "dago", "malioboro", "darmo", "sanur"}
    assert {store["level"] for store in answer["stores"]} >= {"in", "out"}


@pytest.mark.django_db
def test_accounts_with_public_passwords_are_made_only_when_asked_for(client):
    seed()
    users = get_user_model()._default_manager
    assert not users.exists()
    seed(accounts=True)
    assert users.get(email=STAFF.email).is_superuser
    shopper = users.get(email=SHOPPER.email)
    assert shopper.check_password(SHOPPER.password)
    assert not shopper.is_staff
