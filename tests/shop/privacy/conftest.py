import pytest

from tests.shop.privacy.life import live


@pytest.fixture
def sari(db, client):
    """Sari, who was everywhere; her browser is ``client``."""
    return live(client)
