"""A tablet at Menteng, and Sari who works there."""

import pytest

from tests.instore.places import make_store
from tests.instore.tablets import make_associate, make_device, tablet_of, type_pin


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def device(store):
    return make_device(store)


@pytest.fixture
def tablet(device):
    return tablet_of(device[1])


@pytest.fixture
def sari(store):
    return make_associate(store)


@pytest.fixture
def on_duty(tablet, sari):
    assert type_pin(tablet, sari).url == "/staff/today/"
    return tablet
