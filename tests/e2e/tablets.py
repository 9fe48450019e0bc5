"""A tablet of a store in a browser, with somebody signed in."""

from playwright.sync_api import Page

from instore.devices.tokens import COOKIE
from instore.staff.models import Role
from tests.instore.tablets import PIN, make_associate, make_device


def at(store, open_page, site: str, *, role: Role = Role.ASSOCIATE, **device) -> Page:
    """Rina, signed in on a device of this size."""
    token, rina = make_device(store, name="Door")[1], make_associate(store, "Rina", role=role)
    page: Page = open_page("about:blank", **device)
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site}])
    page.goto(f"/staff/?who={rina.pk}")
    page.locator("#pin").fill(PIN)
    page.locator(".pin-key.go").tap()
    page.wait_for_url("**/staff/today/")
    return page
