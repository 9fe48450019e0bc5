"""What stands on receipts is the business of their store."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from instore.receipts.models import Letterhead
from tests.instore.places import make_store
from tests.instore.tablets import read

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/receipts/"
SAID = {"legal_name": "PT Langkah", "tax_number": "01.2", "above": "", "below": "Thank you", "prefix": ""}


@pytest.fixture
def stores(db):
    return make_store("menteng"), make_store("dago")


@pytest.fixture
def head_office(client):
    client.force_login(get_user_model().objects.create(email="a@example.com", is_staff=True))
    return client


@pytest.fixture
def partner_of(client):
    def sign_in(store):
        user = get_user_model().objects.create_user("p@example.com", "x")
        user.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
        store.partner.users.add(user)
        client.force_login(user)
        return client

    return sign_in


def test_people_of_a_store_see_and_change_their_own(stores, partner_of):
    mine, theirs = stores
    client = partner_of(mine)
    page = read(client.get(PAGE))
    assert "Menteng" in page
    assert "Dago" not in page
    assert client.get(f"{PAGE}{theirs.pk}/").status_code == 404
    assert client.post(f"{PAGE}{theirs.pk}/", SAID).status_code == 404
    assert client.post(f"{PAGE}{mine.pk}/", SAID).status_code == 302
    assert [head.legal_name for head in Letterhead.objects.all()] == ["PT Langkah"]


def test_shopper_is_sent_away(stores, client):
    assert client.get(PAGE).status_code == 302
    client.force_login(get_user_model().objects.create_user("s@example.com", "x"))
    assert client.get(PAGE).status_code in (302, 403)


@pytest.mark.parametrize("change", [{"counts": "on"}, {"prefix": "MT-"}])
def test_counting_is_not_changed_by_the_way(stores, head_office, change):
    address = f"{PAGE}{stores[0].pk}/"
    assert head_office.post(address, {**SAID, **change}).status_code == 200
    assert not Letterhead.objects.exists()
    assert head_office.post(address, {**SAID, **change, "sure": "on"}).status_code == 302
    assert Letterhead.objects.get().legal_name == "PT Langkah"


def test_words_are_changed_without_touching_the_count(stores, head_office):
    Letterhead.objects.create(store=stores[0], counts=True, prefix="MT-", last_serial=41)
    address = f"{PAGE}{stores[0].pk}/"
    assert "41" in head_office.get(address).content.decode()
    assert head_office.post(address, {**SAID, "counts": "on", "prefix": "MT-"}).status_code == 302
    head = Letterhead.objects.get()
    assert (head.last_serial, head.counts, head.below) == (41, True, "Thank you")
    assert head_office.post(address, {**SAID, "prefix": "MT-"}).status_code == 200
    assert Letterhead.objects.get().counts
