import pytest

from tests.instore.returns.conftest import make_world


@pytest.fixture
def world(db, settings):
    settings.LINTAS_RETURN_DAYS = 36500  # tills of tests speak of a day long ago
    return make_world()
