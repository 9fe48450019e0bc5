"""The boutique's tests run in a process and on settings of their own: see tests/omni_sync/oscar/test_adopter.py."""

import os
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.db import connection
from django.db.migrations import RunSQL
from django.db.models.signals import pre_migrate

if os.environ.get("DJANGO_SETTINGS_MODULE") != "boutique.settings":
    collect_ignore_glob = ["*"]


def make_trigrams(**_):
    """What the first migration of the search does before the tables come."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


pre_migrate.connect(make_trigrams, dispatch_uid="adopter.trigrams")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables are made without migrations, to save a minute; the functions beside them only migrations make."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for room in ("omni_sync", "instore"):
            folder = import_module(f"{room}.migrations")
            for name in sorted(module.name for module in iter_modules(folder.__path__)):
                for operation in import_module(f"{room}.migrations.{name}").Migration.operations:
                    if isinstance(operation, RunSQL):
                        cursor.execute(operation.sql)


@pytest.fixture
def shop(db):
    """The boutique, open: a warehouse that sells online, a street shop, a scarf in both."""
    from goods import Shop

    return Shop.opened()


@pytest.fixture
def busy_shop(transactional_db):
    """The same, for tests in which many buy at once."""
    from goods import Shop

    return Shop.opened()


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user(
        "staff", "staff@boutique.example", "s3cret-enough", is_staff=True, is_superuser=True
    )
