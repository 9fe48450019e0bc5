import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """A page in Indonesian leaves its language in the thread; the next test begins in English."""
    with translation.override("en"):
        yield
