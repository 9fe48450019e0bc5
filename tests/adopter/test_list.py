"""A list in a shop of somebody else's: shown by our link, and not by Oscar's short key."""

from django.test import Client

from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.lists.share import share
from omni_sync.oscar.models import Partner, Product, WishList


def test_a_list_is_seen_by_our_link_and_not_by_oscars_key(client, shop, django_user_model):
    owner = django_user_model.objects.create_user("ayu", "ayu@example.com", "x")
    product = Product.objects.filter(stockrecords__isnull=False).first()
    sari = Adviser("Sari", Partner.objects.first().pk, "7")
    line = add_to_list(user_id=owner.pk, product_id=product.pk, note="Softer than it looks.", adviser=sari)
    token = share(wishlist_id=line.wishlist_id)
    page = client.get(f"/h/list/{token}/", follow=True).content.decode()
    assert str(product.get_title()) in page
    assert "Softer than it looks." in page
    key = WishList.objects.get().key
    assert client.get(f"/wishlists/{key}/").status_code == 302
    other = Client()
    other.force_login(django_user_model.objects.create_user("made", "made@example.com", "x"))
    assert other.get(f"/wishlists/{key}/").status_code == 404
    assert client.get(client.get(f"/h/list/{token}/")["Location"]).status_code == 200
