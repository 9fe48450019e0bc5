"""Waits for what no element of a page shows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PATIENCE = 15_000  # ms


def until(page: Page, is_so: Callable[[], object]) -> None:
    """The page goes on until it is so; what never is fails."""
    for _ in range(PATIENCE // 100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("never so")
