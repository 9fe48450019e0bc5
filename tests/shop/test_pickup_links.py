"""From the order to its pickup page, and no further than to who ordered."""

import pytest

from instore.pickup.code import token_of
from instore.pickup.models import Pickup
from omni_sync.messages.models import Message
from tests.shop.pages import text_of
from tests.shop.test_checkout import fill, member, order, say_who, shop  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def thanks(client, shop):  # noqa: F811
    """The page a guest lands on who collects a tee at Menteng."""
    tee, _ = shop
    fill(client, tee, "menteng")
    say_who(client)
    return order(client)


def test_the_thank_you_page_leads_to_the_code(client, thanks):
    path = f"/collect/{token_of(Pickup.objects.get())}/"
    assert f'href="{path}"' in thanks.content.decode()
    assert "at Menteng" in text_of(client.get(path))


def test_the_order_page_leads_to_the_pickup(member, shop):  # noqa: F811
    tee, _ = shop
    fill(member, tee, "menteng")
    order(member)
    pickup = Pickup.objects.get()
    page = member.get(f"/accounts/orders/{pickup.order.number}/")
    assert f'href="/collect/{token_of(pickup)}/"' in page.content.decode()


def test_a_guest_is_told_by_the_address_they_gave(thanks):
    (message,) = Message.objects.all()
    assert (message.kind, message.to) == ("pickup_placed", "ayu@langkah.example")


def test_a_parcel_has_no_pickup_page(client, shop):  # noqa: F811
    tee, _ = shop
    fill(client, tee, "deliver")
    say_who(client)
    assert "/collect/" not in client.get("/checkout/preview/").content.decode()
    assert not Message.objects.exists()
