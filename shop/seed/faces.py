"""How the shops and the front page look: a picture for each, and a few words."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import pgettext_lazy
from wagtail.images.models import Image

from instore.stores.models import Store
from shop.content.models import HomePage, StoreFront
from shop.storefront.memory import catalogue_changed

HERO: Final = "Langkah"
#: What is said of each shop.
WORDS: Final = {
    "menteng": pgettext_lazy(
        "product", "Our first shop, in a corner house from 1931. Two floors: shoes below, clothes above, and a bench."
    ),
    "dago": pgettext_lazy(
        "product", "Under the trees of Dago, with the widest choice of jackets and knitwear: evenings are cool here."
    ),
    "malioboro": pgettext_lazy(
        "product",
        "A narrow shop with a long counter, in the middle of Malioboro. The kawung shirts are sewn two streets away.",
    ),
    "darmo": pgettext_lazy(
        "product", "The house on Raya Darmo with the green door. Parking in the yard, alterations while you wait."
    ),
    "sanur": pgettext_lazy(
        "product", "Five minutes from the beach. Sandals, shorts and linen first; shoes for the mountain in the back."
    ),
}


def are_shown() -> bool:
    """Whether every shop has its words, and the picture for the front page was made."""
    fronts = StoreFront.objects.filter(store__partner__code__in=WORDS).count()
    return fronts == len(WORDS) and bool(Image.objects.filter(title=HERO).exists())


def show() -> None:
    """Give the shops and the front page what they lack; what an editor chose stays."""
    bare = Store.objects.filter(partner__code__in=WORDS, front=None).select_related("partner").order_by("pk")
    stores = {store.partner.code: store for store in bare}
    drawn = _drawn(list(stores))
    with translation.override("en"), transaction.atomic():
        for code, store in stores.items():
            image = _image(f"Langkah {store.partner.name}", f"langkah-{code}.webp", drawn[code])
            StoreFront.objects.create(store=store, picture=image, words=str(WORDS[code]))
        if not Image.objects.filter(title=HERO).exists():
            home = _image(HERO, "langkah-home.webp", drawn[HERO])
            HomePage.objects.filter(picture=None).update(picture=home)
    catalogue_changed()


def _drawn(codes: Sequence[str]) -> dict[str, bytes]:
    """The shops' fronts by code, and the picture of the front page."""
    from shop.seed.pictures import hero, shop_front  # libvips is loaded only when there is something to draw

    with ThreadPoolExecutor() as pool:
        home = pool.submit(hero)
        return {**dict(zip(codes, pool.map(shop_front, codes), strict=True)), HERO: home.result()}


def _image(title: str, name: str, content: bytes) -> Any:
    """Wagtail's image of that title; a file that a killed run left is written over."""
    default_storage.delete(f"original_images/{name}")
    return Image.objects.create(title=title, file=ContentFile(content, name=name))
