"""A code on the boutique's shelf: its page is there with the plugin, and leads to Oscar's own pages."""

from boutique.collect import open_store

from instore.stores.shelves import ShelfPlace
from omni_sync.catalogue.identify import set_gtins
from omni_sync.oscar.models import Basket

GTIN = "09521234543213"


def test_scan_shows_the_scarf_here_and_takes_it_into_oscars_basket(client, shop):
    set_gtins(product=shop.scarf, values=[GTIN])
    street = open_store(shop.street)
    ShelfPlace.objects.create(store=street, product=shop.scarf, place="W-2")
    page = client.get(f"/shelf/{GTIN}/?s={shop.street.code}")
    words = page.content.decode()
    assert page.status_code == 200
    assert not page.cookies
    for said in ("Blue scarf", "€20.00", "Chiado", "7 in stock", "Shelf W-2", shop.scarf.get_absolute_url()):
        assert said in words
    sent = client.post(f"/shelf/{GTIN}/basket/?s={shop.street.code}", {"at": ""}, follow=True)
    assert "Blue scarf is in your basket, to be sent to you." in sent.content.decode()
    assert Basket.objects.get().all_lines().get().product == shop.scarf
    assert "Blue scarf" in client.get("/basket/").content.decode()
    kept = client.post(f"/shelf/{GTIN}/list/?s={shop.street.code}", follow=True)
    assert "is on the list in this browser" in kept.content.decode()


def test_what_stands_there_and_what_nobody_knows_are_pages_too(client, shop):
    set_gtins(product=shop.scarf, values=[GTIN])
    street = open_store(shop.street)
    ShelfPlace.objects.create(store=street, product=shop.scarf, place="W-2")
    assert "Blue scarf" in client.get(f"/shelf/at/{shop.street.code}/W-2/").content.decode()
    assert "Blue scarf" in client.get(f"/shelf/compare/?gtin={GTIN}").content.decode()
    assert client.get("/shelf/00000000000000/").status_code == 404
