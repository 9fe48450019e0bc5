"""The pages one gets when something is refused or broken look like the shop's, in both languages."""

import pytest

from settings.walk.pictures import WIDTHS
from shop.storefront import views
from tests.e2e import looks

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = 5  # passwords that close the door


@pytest.fixture
def page(browser, site):
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


def answered(page, act):
    """The status and the HTML of the page that ``act`` leads to."""
    with page.expect_navigation() as waited:
        act()
    return waited.value.status, waited.value.text()


def wrong_with(page, html):
    """What is wrong with the page that is shown now, at every width."""
    yield from looks.misshapen(html)
    yield from looks.oscars(html)
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{name}: {line}" for line in looks.wide(page))
        yield from (f"{name}: {line}" for line in looks.barriers(page))


def sign_in_wrongly(page, prefix):
    page.goto(f"{prefix}/accounts/login/")
    page.locator('input[name="login-username"]').fill("budi@langkah.example")
    page.locator('input[name="login-password"]').fill("wrong-password-1")
    return answered(page, lambda: page.locator('button[name="login_submit"]').click())


@pytest.mark.parametrize(("prefix", "words"), [("", "once more"), ("/id", "sekali lagi")], ids=["en", "id"])
def test_a_form_without_its_token(page, prefix, words):
    page.goto(f"{prefix}/accounts/login/")
    page.evaluate("document.querySelectorAll('input[name=csrfmiddlewaretoken]').forEach(field => field.remove())")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    status, html = answered(page, lambda: page.locator('button[name="login_submit"]').click())
    assert status == 403
    assert words in html
    assert list(wrong_with(page, html)) == []


@pytest.mark.parametrize("prefix", ["", "/id"], ids=["en", "id"])
def test_a_door_that_is_closed_for_a_while(page, prefix):
    for _ in range(WRONG - 1):
        sign_in_wrongly(page, prefix)
    status, html = sign_in_wrongly(page, prefix)
    assert status == 429
    assert list(wrong_with(page, html)) == []


@pytest.mark.parametrize("prefix", ["", "/id"], ids=["en", "id"])
def test_a_page_that_breaks(page, prefix, monkeypatch):
    monkeypatch.setattr(views, "front_page", lambda *_, **__: 1 / 0)
    answer = page.goto(f"{prefix}/")
    assert answer.status == 500
    assert list(wrong_with(page, answer.text())) == []
