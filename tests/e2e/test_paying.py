"""A guest pays on the provider's page, having thought better of it once: in a real browser, policies and all."""

import pytest

from omni_sync.oscar.models import Order
from omni_sync.payments.models import Payment
from tests.e2e.conftest import PHONE
from tests.omni_sync.payments.conftest import bank  # noqa: F401 - a fixture
from tests.shop.paying.conftest import shop  # noqa: F401 - a fixture
from tests.shop.test_checkout import fill, say_who

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_the_last_page(open_page, client, shop, bank, settings, site):  # noqa: F811
    """A guest's phone where only yes is left to say."""
    settings.PAYMENT_PAGES = bank.url
    fill(client, shop, "menteng", 2)
    say_who(client)
    page = open_page("/", **PHONE)
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": site} for name, morsel in client.cookies.items()]
    )
    page.goto("/checkout/preview/")
    return page


def leave(page):
    page.get_by_label("Now, by card").check()
    with page.expect_navigation(url="**/pay/cs_test_*"):
        page.locator("#order").click()


def test_pay_now(at_the_last_page, barriers):
    page = at_the_last_page
    assert barriers(page) == []
    leave(page)
    assert page.url == Payment.objects.get().url
    page.get_by_text("Back to the shop").click()
    page.wait_for_url("**/checkout/preview/")
    leave(page)
    page.goto("/checkout/")  # the browser's own way back finds no basket, but the way on
    page.get_by_text("Your payment is not finished").first.wait_for()
    assert barriers(page) == []
    page.get_by_text("Go on paying").click()
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/checkout/thank-you/")
    assert barriers(page) == []
    assert "Nothing is left to pay." in page.locator("main").inner_text()
    assert Order.objects.get().sources.get().amount_allocated == 298000
