"""The section of Lintas in the boutique's dashboard, brought along by the one URL conf."""

import pytest

SECTION = "/dashboard/lintas/"


MENU = ["", "unmatched/", "shortfalls/", "locations/", "connections/", "pickups/", "devices/", "associates/", "links/"]


@pytest.mark.parametrize("page", MENU)
def test_every_page_of_the_menu_opens(client, staff, shop, page):
    client.force_login(staff)
    assert f'href="{SECTION}{page}"' in client.get("/dashboard/").content.decode()
    answer = client.get(f"{SECTION}{page}", headers={"accept-language": "id"})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"].startswith("en")  # as the rest of a dashboard that has one language


def test_the_place_that_fulfils_web_orders_is_chosen_there(client, staff, shop):
    client.force_login(staff)
    facts = {"timezone": "Europe/Lisbon", "currency": "EUR", "safety": 2, "sells_online": "on"}
    assert client.post(f"{SECTION}locations/{shop.street.pk}/", facts).status_code == 302
    shop.street.location.refresh_from_db()
    assert shop.street.location.sells_online
    assert shop.street.stockrecords.get().net_stock_level == 5
