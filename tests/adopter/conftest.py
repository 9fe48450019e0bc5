"""The boutique's tests run in a process and on settings of their own: see tests/omni_sync/oscar/test_adopter.py."""

import os

import pytest

if os.environ.get("DJANGO_SETTINGS_MODULE") != "boutique.settings":
    collect_ignore_glob = ["*"]


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
