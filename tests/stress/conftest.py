import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stress.house import House
from tests.stress.journey import Log


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """A folder with engines of its own.

    Not below pytest's: root's engines run as nobody, who must reach the folder, and each new run of pytest shuts that.
    """
    with tempfile.TemporaryDirectory(prefix="lintas-house-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        built = House.built(Path(folder) / "data")
        yield built
        built.left()


@pytest.fixture(scope="session")
def log(house) -> Log:
    """2,000 sales of ten real shops, and the books they make."""
    return Log.kept(house)
