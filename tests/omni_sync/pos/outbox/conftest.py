"""A till whose connection may push to a real receiver, in a database that waits for nobody else's tests."""

import pytest

from omni_sync.pos.outbox import lease, read
from tests.factories import make_connection, make_store
from tests.omni_sync.pos.outbox.receiver import Receiver, listening

SERVER = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
DATABASE = """
    coalesce((SELECT min(backend_xid::text::bigint) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()),
             pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
"""


@pytest.fixture(autouse=True)
def nobody_waits_for_other_tests(request, monkeypatch):
    """What can be read waits for the transactions of the whole server, and other workers' tests are long ones: here
    only those of this database count. Not where waiting is what is tested."""
    if "slow" in request.fixturenames:
        return
    for module, name in ((read, "_EDGE"), (read, "_PAGE"), (lease, "_TAKE")):
        statement = getattr(module, name)
        assert SERVER in statement
        monkeypatch.setattr(module, name, statement.replace(SERVER, DATABASE))


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    return make_connection(store, name="menteng-till")


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def endpoint(till, receiver):
    """The till's connection, pushing to the receiver."""
    return listening(till, receiver)
