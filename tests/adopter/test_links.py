"""The codes on the shelves of a shop that is somebody else's."""

from instore.stores.models import Store
from omni_sync.catalogue.identify import set_gtins

GTIN, GLN = "09506000134352", "9520123456788"


def test_a_scan_is_answered_by_the_one_url_conf(client, shop):
    set_gtins(product=shop.scarf, values=[GTIN])
    Store.objects.update_or_create(partner=shop.street, defaults={"gln": GLN})
    goods = client.get(f"/S/{shop.street.code.upper()}/01/{GTIN}")
    assert (goods.status_code, goods["Location"]) == (307, f"/shelf/{GTIN}/?s={shop.street.code}")
    store = client.get(f"/414/{GLN}")
    assert (store.status_code, store["Location"]) == (307, f"/shelf/at/{shop.street.code}/")
    assert client.get("/01/123", headers={"accept": "text/html"}).status_code == 400
    assert client.get(f"/01/{GTIN}?linkType=linkset", headers={"accept": "text/html"}).status_code == 200
    assert client.get("/.well-known/gs1resolver").status_code == 200


def test_links_are_written_in_the_dashboard(client, staff, shop):
    set_gtins(product=shop.scarf, values=[GTIN])
    client.force_login(staff)
    page = f"/dashboard/lintas/links/products/{shop.scarf.pk}/"
    new = {"link_type": "instructions", "title": "Wash", "href": "/wash/", "media_type": "text/html"}
    assert client.post(page, new).status_code == 302
    assert "gs1:instructions" in client.get(page).content.decode()
    assert client.get(f"/01/{GTIN}?linkType=gs1:instructions")["Location"] == "/wash/?linkType=gs1:instructions"
