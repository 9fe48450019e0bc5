"""What people keep for later: wish lists, and a basket that is still open."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from oscar.core.loading import get_class, get_model

from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.lists.models import ListNote
from omni_sync.oscar.models import Basket, Partner, Product, StockRecord
from shop.seed import example
from shop.seed.day import Day
from shop.seed.people import SHOPPER, accounts
from shop.seed.places import WAREHOUSE
from shop.seed.staff import of_store
from shop.seed.styles import Style

Selector = get_class("partner.strategy", "Selector")
WishList = get_model("wishlists", "WishList")

#: Whose list, how they call it, and how many things are on it.
LISTS: Final = (
    ("Budi", "Lebaran", 4),
    ("Sari", "Untuk kantor", 3),
    ("Dewi", "Weekend in Bandung", 5),
    ("Putri", "Hadiah ibu", 2),
    ("Made", "Surf trip", 3),
    ("Clara", "Later", 6),
    ("Nadia", "New job", 4),
)
IN_BASKET: Final = 2
#: A bag on Budi's list: the page says how large it is.
MEASURED: Final = "LK-BPK-"
#: What Sari of Menteng put on Budi's list when he was in the shop, and what she said of it.
ADVISED: Final = "LK-RUN-SEA-42"
NOTE: Final = "Wider at the toe than the pair you tried on. I have put one aside at the counter."


def are_kept() -> bool:
    """Whether the lists are there."""
    found: bool = WishList.objects.filter(owner__first_name=LISTS[-1][0], name=LISTS[-1][1]).exists()
    return found


@transaction.atomic
def keep(styles: Sequence[Style], day: Day) -> None:
    """Write the wish lists, and fill Budi's basket."""
    users = accounts()
    chance = day.chance("lists")
    sizes = sorted(sku for style in styles for sku, _, _ in style.variants())
    products = {row.code: row for row in Product.objects.filter(code__in=sizes)}
    for owner, name, count in LISTS:
        wishes, _ = WishList.objects.get_or_create(owner=users[owner], name=name)
        for sku in chance.sample(sizes, count):
            wishes.lines.get_or_create(product=products[sku], defaults={"title": products[sku].get_title()})
    bag = next((products[sku] for sku in sizes if sku.startswith(MEASURED)), None)
    if bag is not None:
        add_to_list(user_id=users[SHOPPER.first_name].pk, product_id=bag.pk)
    _advise(users[SHOPPER.first_name], products, day)
    _fill_basket(users[SHOPPER.first_name], products)


def _advise(user: Any, products: dict[str, Any], day: Day) -> None:
    if ADVISED not in products:
        return
    store, by = Partner.objects.get(code=example.STORE), of_store(example.STORE)[0]
    adviser = Adviser(name=by.name, store_id=store.pk, associate_key=by.till_id)
    line = add_to_list(user_id=user.pk, product_id=products[ADVISED].pk, note=NOTE, adviser=adviser)
    ListNote.objects.filter(line=line).update(added_at=day.at(-1, "17:20"))


def _fill_basket(user: Any, products: dict[str, Any]) -> None:
    if Basket.objects.filter(owner=user, status=Basket.OPEN).exists():
        return
    plenty = StockRecord.objects.filter(partner__code=WAREHOUSE[0], partner_sku__in=products, level__on_hand__gte=12)
    others = plenty.exclude(partner_sku=example.SKU).order_by("partner_sku").values_list("partner_sku", flat=True)
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    basket.strategy = Selector().strategy(user=user)
    for sku in (example.SKU, *others[: IN_BASKET - 1]):
        basket.add_product(products[sku], 1)
