import pytest
from django.utils import translation

from instore.stores import known


@pytest.fixture(autouse=True)
def english():
    """A page in Indonesian leaves its language in the thread; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_known_stores():
    """A test that looked at a page leaves the stores it found in the process; the next has others."""
    known._memory.forget()
