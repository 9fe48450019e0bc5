"""The system's Chromium, driven by Playwright; nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """There is no Chromium here."""


def chromium() -> str:
    """Where it is: CHROMIUM, or what the system calls it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoBrowser
    return found


@contextmanager
def browser() -> Iterator[Any]:
    """One that runs for as long as the block."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        try:
            yield running
        finally:
            running.close()


def begin_shift(context: Any) -> None:
    """Make it a tablet of the tour's store, and sign in there: by the code and the PIN that the tour gives."""
    page = context.new_page()
    page.goto("/tour/")
    page.locator("[name=do][value=code]").click()
    code = page.locator("#collect .try strong").inner_text()
    pin = page.locator("#collect dd code").first.inner_text()
    page.goto("/staff/enrol/")
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    page.locator(".staff-name").first.click()
    page.locator("#pin").fill(pin)
    page.locator("#pin").press("Enter")
    page.wait_for_url("**/staff/today/")
    page.close()


def stand_at_kiosk(context: Any) -> None:
    """Make it a kiosk of the tour's store by the code that the tour gives, and touch its screen."""
    page = context.new_page()
    page.goto("/tour/")
    page.locator("[name=do][value=kiosk]").click()
    code = page.locator("#kiosk .try strong").inner_text()
    page.goto("/staff/enrol/")
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    page.locator(f".kiosk-begin[lang={page.locator('html').get_attribute('lang')}]").click()
    page.wait_for_url("**/kiosk/start/")
    page.close()


def sign_in(context: Any, prefix: str, *, email: str, password: str) -> None:
    """Through the form, as people do."""
    page = context.new_page()
    page.goto(f"{prefix}/accounts/login/")
    page.fill("input[name=login-username]", email)
    page.fill("input[name=login-password]", password)
    page.press("input[name=login-password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.close()
