import pytest

from instore.stores.models import Store
from tests.instore.places import make_store as place_store
from tests.instore.tablets import make_associate, make_device


@pytest.fixture
def store():
    return place_store("menteng")


@pytest.fixture
def sari(store):
    return make_associate(store, "Sari")


@pytest.fixture
def bagas(store):
    return make_associate(store, "Bagas")


@pytest.fixture
def kiosk(store):
    return make_device(store, name="Door", kind="kiosk")[0]


@pytest.fixture
def closed():
    return Store.objects.get(pk=place_store("sanur", week=[[]] * 7).pk)
