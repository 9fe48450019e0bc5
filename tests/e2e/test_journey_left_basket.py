"""A basket left at home, a letter with a true number, the till in the street, and no second letter; in a browser."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import requests
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from instore.stores.own import OwnStore
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.oscar.models import BasketLine
from omni_sync.pos.drain import drain
from omni_sync.pos.secrets import secrets_of
from omni_sync.stock.audit import audit
from tests.e2e.looks import barriers, look, wide
from tests.e2e.pickups import PHONE
from tests.factories import as_body, make_connection, sale, sign
from tests.instore.places import make_product, make_store, put
from tests.omni_sync.triggers.conftest import joined, member, why

FOUR_HOURS, A_WEEK = timedelta(hours=4, minutes=1), timedelta(days=7, hours=1, minutes=1)


@pytest.fixture
def shop(transactional_db, clean_cache, settings, site):
    """Menteng has one last tee, and is Sari's shop; the basket's journey is on, at any hour."""
    settings.BASE_URL = site
    settings.LINTAS_QUIET_HOURS = ("00:00", "00:00")
    make_usual_journeys()
    Journey.objects.exclude(name="cart_left").update(is_on=False)
    Journey.objects.update(on_since=timezone.now() - timedelta(days=30))
    menteng = make_store("menteng")
    tee = make_product("Kawan tee")
    put(tee, menteng.partner, 1, sku="TEE", price="149000")
    till = make_connection(menteng.partner, name="menteng-till")
    sari = member(loyalty="L-1", agrees=False)
    OwnStore.objects.create(user=sari.user, store=menteng)
    return SimpleNamespace(menteng=menteng, tee=tee, till=till, sari=sari, site=site)


def test_a_basket_left_at_home_and_bought_at_the_till_is_spoken_of_once(open_page, shop, complaints, monkeypatch):
    phone = signed_in(open_page("about:blank", **PHONE), shop)
    phone.goto("/accounts/messages/")
    phone.get_by_role("button", name=re.compile("^Allow.*e-mail")).tap()
    expect(phone.get_by_role("button", name=re.compile("^No more.*e-mail"))).to_be_visible()
    phone.goto(shop.tee.get_absolute_url())
    with phone.expect_navigation():
        phone.get_by_role("button", name="Collect at Menteng").tap()
    phone.goto("/basket/")
    expect(phone.get_by_role("heading", name="Kawan tee")).to_be_visible()

    BasketLine.objects.update(date_updated=timezone.now() - FOUR_HOURS)
    tell_who_is_due()
    (letter,) = mail.outbox
    assert "Only 1 left at Menteng." in letter.body
    phone.goto(next(word for word in letter.body.split() if word.endswith("/basket/")))
    expect(phone.get_by_role("heading", name="Kawan tee")).to_be_visible()

    sell(shop)
    joined(shop.sari)
    left = BasketLine.objects.get().date_updated
    with monkeypatch.context() as later:
        later.setattr("django.utils.timezone.now", lambda: left + A_WEEK)
        tell_who_is_due()
    assert why() == [("sent", ""), ("stopped", "gone")]
    assert len(mail.outbox) == 1
    assert audit()["violations"] == []

    phone.goto("/accounts/messages/")
    heard = phone.get_by_role("region", name="What you heard from us, and why")
    expect(heard.get_by_role("listitem")).to_have_count(FollowUp.objects.count())
    expect(heard).to_contain_text("You left things in your basket")
    look(phone)
    assert [*wide(phone), *barriers(phone)] == []
    assert complaints == []


def signed_in(page: Page, shop: SimpleNamespace) -> Page:
    client = Client()
    client.force_login(shop.sari.user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": shop.site}])
    return page


def tell_who_is_due() -> None:
    """What beat does: plan, decide, send."""
    plan_follow_ups(now=timezone.now())
    decide_follow_ups()
    send_messages()


def sell(shop: SimpleNamespace) -> None:
    """The till tells of it as live tills do: signed, over HTTP."""
    body = as_body([sale(shop.menteng.partner, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}, at=datetime.now(UTC))])
    headers = sign(secrets_of(shop.till)[0], body)
    url = f"{shop.site}/api/v1/pos/{shop.till.name}/events"
    assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 202
    drain()
