import os
from collections.abc import Iterator

import pytest

from tests.stress.house import House
from tests.stress.journey import Log


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Iterator[House]:
    """A folder with engines of its own."""
    folder = tmp_path_factory.mktemp("house")
    # Root's engines run as nobody, who must reach the socket's folder.
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.geteuid() and str(above).startswith(str(tmp_path_factory.getbasetemp().parent)):
            above.chmod(0o711)
    built = House.built(folder / "data")
    yield built
    built.left()


@pytest.fixture(scope="session")
def log(house) -> Log:
    """2,000 sales of ten real shops, and the books they make."""
    return Log.kept(house)
