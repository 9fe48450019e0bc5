import pytest

from omni_sync.lists.add import Adviser, add_to_list
from tests.factories import make_product, make_store


@pytest.fixture
def ayu(django_user_model):
    return django_user_model.objects.create_user(email="ayu@example.com", password="x")


@pytest.fixture
def made(django_user_model):
    """Another member."""
    return django_user_model.objects.create_user(email="made@example.com", password="x")


@pytest.fixture
def sari(db):
    """Sari, who advises at Menteng."""
    return Adviser(name="Sari", store_id=make_store("menteng").pk, associate_key="7")


@pytest.fixture
def listed(ayu):
    """Ayu's list with so many things on it."""

    def write(*titles):
        lines = [add_to_list(user_id=ayu.pk, product_id=make_product(title).pk) for title in titles]
        return lines[0].wishlist

    return write
