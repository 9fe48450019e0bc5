"""What is bought in a shop is the size that the product's page begins with, until it is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Category
from omni_sync.people.models import Person
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.looks import looked_at
from tests.e2e.test_one_cart import sign_in
from tests.factories import make_connection, sale, tell_all
from tests.instore.places import make_product, make_store, put

NOW = timezone.now()


@pytest.fixture
def bandung(transactional_db):
    store = make_store("dago")
    store.city = "Bandung"
    store.save()
    return store


@pytest.fixture
def runner(bandung):
    return make_style("Jalan runner", bandung)


@pytest.fixture
def boots(bandung):
    style = make_style("Hujan boots", bandung)
    Category.add_root(name="Boots").product_set.add(style)
    describe(product=style)
    return style


def make_style(name, store):
    style = make_product(name, structure="parent")
    for size in ("41", "42", "43"):
        item = make_product(f"{name}, {size}", parent=style)
        describe(product=item, size=size, size_system="EU")
        put(item, store.partner, 9, sku=f"{name}-{size}")
    return style


@pytest.fixture
def budi(runner, boots, bandung, django_user_model):
    """He bought shoes in Bandung, where the till knew his number; boots in another size."""
    user = django_user_model.objects.create_user(email="budi@example.com", password="x")
    bought = ["Jalan runner-42"] * 3 + ["Hujan boots-43"] * 2
    sales = [
        sale(bandung.partner, f"R-{days}", {sku: 1}, customer={"loyalty": "L-1"}, at=NOW - timedelta(days=days))
        for days, sku in enumerate(bought, 1)
    ]
    tell_all(make_connection(bandung.partner, name="till"), *sales)
    Person.objects.filter(identifiers__value="L-1").update(user=user)
    return user


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_what_was_bought_in_bandung_is_chosen_until_it_is_forgotten(open_page, site, runner, boots, budi, device):
    page = open_page("about:blank", **device)
    sign_in(page, budi, site)
    page.goto(runner.get_absolute_url())
    chosen = page.locator('.sizes [aria-current="true"]')
    expect(chosen).to_contain_text("42")
    expect(page.locator("#sizes")).to_have_text("Size 42, as you bought in Bandung")
    looked_at(page)
    page.get_by_role("button", name="I'm shopping for somebody else").click()
    expect(page.get_by_text("we don't choose your size")).to_be_visible()
    expect(chosen).to_have_count(0)
    looked_at(page)
    page.get_by_role("button", name="I'm shopping for myself again").click()
    expect(chosen).to_contain_text("42")
    page.goto("/accounts/sizes/")
    expect(page.get_by_text("42, as you bought in Bandung")).to_be_visible()
    looked_at(page)
    page.get_by_label("Another size: Boots").select_option("41")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep Boots").click()
    page.goto(boots.get_absolute_url())
    expect(page.locator("#sizes")).to_have_text("Size 41, as you told us")
    page.goto("/accounts/sizes/")
    page.get_by_role("button", name="Forget Boots").click()
    expect(page.get_by_text("That size is forgotten.")).to_be_visible()
    expect(page.get_by_text("Other sizes in some goods")).to_have_count(0)
    page.get_by_role("button", name="Forget all my sizes").click()
    expect(page.get_by_text("Your sizes are forgotten.")).to_be_visible()
    page.goto(runner.get_absolute_url())
    expect(page.locator("#sizes")).to_have_text("Choose a size")
    expect(chosen).to_have_count(0)
