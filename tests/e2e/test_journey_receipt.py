"""Shoes from a till to their receipt, from its paper to a phone, into an account, and back over another's counter."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from django.core.management import call_command
from oscar.core.loading import get_model
from playwright.sync_api import Page, expect

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Category, Product
from omni_sync.pos.drain import drain
from omni_sync.pos.secrets import secrets_of
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Level
from tests.e2e.looks import barriers, look, wide
from tests.e2e.pickups import PHONE, TABLET
from tests.e2e.tablets import at
from tests.factories import as_body, make_connection, make_line, sale, sign
from tests.instore.places import make_product, make_store, put
from tests.instore.receipts.reading import symbols

ProductAttribute = get_model("catalogue", "ProductAttribute")
EMAIL, PASSWORD = "budi@langkah.example", "langkah-demi-langkah"
PRICE, NUMBER = "459000", "R-7"


@pytest.fixture
def shop(transactional_db, clean_cache, settings, site):
    """Two styles of one brand's shoes; Menteng's till sells the first, Dago has one pair of it in 42 itself."""
    settings.BASE_URL = site  # what stands in the code on its paper
    menteng, dago = make_store("menteng"), make_store("dago")
    shoes = Category.add_root(name="Shoes")
    runner, walker = (make_style(name, shoes, menteng, dago) for name in ("Jalan runner", "Jalan walker"))
    till = make_connection(menteng.partner, name="menteng-till")
    return SimpleNamespace(menteng=menteng, dago=dago, runner=runner, walker=walker, till=till, site=site)


def make_style(name: str, category: Category, *stores) -> Product:
    style = make_product(name, structure="parent")
    category.product_set.add(style)
    brand = {"name": "Brand", "type": ProductAttribute.TEXT}
    ProductAttribute.objects.get_or_create(product_class=style.product_class, code="brand", defaults=brand)
    style.attr.brand = "Jalan"
    style.attr.save()
    describe(product=style)
    for size in ("41", "42", "43"):
        item = make_product(f"{name}, {size}", parent=style)
        describe(product=item, size=size, size_system="EU")
        for store in stores:
            put(item, store.partner, 1, sku=f"{name}-{size}", price=PRICE)
    return style


def test_a_pair_of_shoes_from_the_till_to_the_account_and_back_elsewhere(open_page, shop, tmp_path, complaints):
    sell(shop, "Jalan runner-42")
    (link,) = symbols(paper(tmp_path / "receipt.pdf"), dots=2)
    assert link.startswith(f"{shop.site}/r/")

    phone = open_page(link, **PHONE)
    keep(phone)
    assert Sale.objects.get().person.user.email == EMAIL
    phone.goto(shop.walker.get_absolute_url())
    expect(phone.locator('.sizes [aria-current="true"]')).to_contain_text("42")
    expect(phone.locator("#sizes")).to_have_text("Size 42, as you bought in Jakarta")
    assert [*wide(phone), *barriers(phone)] == []

    take_back(at(shop.dago, open_page, shop.site, **TABLET), link)
    assert (on_hand(shop.menteng), on_hand(shop.dago)) == (0, 2)
    assert Return.objects.get().order == Sale.objects.get().order
    assert audit()["violations"] == []

    phone.goto("/accounts/orders/")
    phone.get_by_role("link", name="Bought at Menteng").tap()
    expect(phone.get_by_role("region", name="What came back")).to_contain_text("1 piece to Dago")
    expect(phone.get_by_role("region", name="How it was paid")).to_contain_text("Given backRp459,000")
    assert [*wide(phone), *barriers(phone)] == []
    assert complaints == []


def sell(shop: SimpleNamespace, sku: str) -> None:
    """The till tells of it as live tills do: signed, over HTTP."""
    line = make_line(1, sku, unit_price=PRICE, amount=PRICE, title="Jalan runner, 42")
    body = as_body([sale(shop.menteng.partner, NUMBER, [line], at=datetime.now(UTC), register="2", associate="Rudi")])
    headers = sign(secrets_of(shop.till)[0], body)
    url = f"{shop.site}/api/v1/pos/{shop.till.name}/events"
    assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 202
    drain()


def paper(file: Path) -> bytes:
    """What the roll of 80 mm has on it."""
    call_command("receipt", NUMBER, format="thermal", output=file, verbosity=0)
    return file.read_bytes()


def keep(phone: Page) -> None:
    """Into an account that is made on the way."""
    expect(phone.get_by_text("Jalan runner, 42")).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="Add it to my account").tap()
    phone.get_by_role("link", name="Open an account").tap()
    phone.get_by_label("Email").fill(EMAIL)
    for field in phone.locator("input[type=password]").all():
        field.fill(PASSWORD)
    phone.get_by_role("button", name="Open an account").tap()
    phone.wait_for_url("**/r/claim/")
    phone.get_by_role("button", name="Add it to my account").tap()
    expect(phone.get_by_text("It is in your account now.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Bought at Menteng")).to_be_visible()


def take_back(tablet: Page, link: str) -> None:
    """The shopper shows the paper; the tablet reads the same code from it."""
    tablet.get_by_role("link", name="Take goods back").tap()
    tablet.locator("#code").fill(link)
    tablet.get_by_role("button", name="Find the purchase").tap()
    pair = tablet.locator(".item")
    expect(pair).to_contain_text("1 can come back")
    pair.get_by_label("Come back").select_option("1")
    expect(tablet.locator("#sum")).to_contain_text("Rp459,000")
    pair.get_by_label("Why").select_option(label="Does not fit")
    look(tablet)
    tablet.get_by_role("button", name="Take back and give Rp459,000").tap()
    expect(tablet.get_by_role("status").filter(has_text="Taken back")).to_contain_text("Give Rp459,000 in cash.")
    look(tablet)


def on_hand(store) -> int:
    return Level.objects.get(stockrecord__partner=store.partner, stockrecord__partner_sku="Jalan runner-42").on_hand
