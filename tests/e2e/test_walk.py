"""Through the whole shop in a real browser, in both languages, on a phone, a tablet and a desk: nothing is wrong."""

import pytest
from django.core.management import call_command

from settings.walk.browser import begin_shift, sign_in, stand_at_kiosk
from settings.walk.pictures import WIDTHS
from settings.walk.stops import Who, address_of, stops
from shop.seed import pickups
from shop.seed.day import day_of
from shop.seed.people import SHOPPER
from tests.e2e import looks

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ["", "/id"]


@pytest.fixture
def shop(site):
    call_command("seed", small=True, accounts=True, no_pictures=True, verbosity=0)
    pickups.place(day_of(None))
    return site


def look_at(page, traffic, address, status):
    """Load it once, and look at it at every width."""
    traffic.begin()
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS["phone"], strict=True)))
    answer = page.goto(address)
    if answer.status != status:
        yield f"answers {answer.status}"
        return
    html = answer.text()
    if undressed := list(looks.oscars(html)):
        yield undressed[0]
        return
    yield from looks.misshapen(html)
    yield from looks.blocking(html)
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{name}: {line}" for line in looks.wide(page))
        if name != "tablet":
            yield from (f"{name}: {line}" for line in looks.barriers(page))
    yield from traffic.complaints(status=status)


@pytest.mark.parametrize("who", list(Who), ids=[who.name.lower() for who in Who])
@pytest.mark.parametrize("prefix", LANGUAGES, ids=["en", "id"])
def test_nothing_is_wrong_anywhere(browser, shop, prefix, who):
    found = []
    context = browser.new_context(base_url=shop, locale=prefix.strip("/") or "en")
    if who == Who.MEMBER:
        sign_in(context, prefix, email=SHOPPER.email, password=SHOPPER.password)
    elif who == Who.STAFF:
        begin_shift(context)
    elif who == Who.KIOSK:
        stand_at_kiosk(context)
    page = context.new_page()
    traffic = looks.Traffic(page, shop)
    for stop in stops(who):
        address = address_of(stop, lambda at: context.request.get(at).text(), prefix)
        if address is None:
            found.append(f"{stop.name}: no such page")
            continue
        found += [f"{stop.name} {address}: {line}" for line in look_at(page, traffic, address, stop.status)]
    context.close()
    assert not found, "\n".join(found)
