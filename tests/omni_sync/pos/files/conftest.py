import pytest

from tests.omni_sync.pos.files.tickets import Told, poslog


@pytest.fixture
def told(tmp_path):
    """What these transactions, as one POSLog, come to."""

    def tell(*transactions, stores=None):
        return Told(tmp_path / "log.xml", poslog(*transactions), stores)

    return tell
