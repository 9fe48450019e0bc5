"""How the shops and the front page look: a picture for each, and a few words."""

from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import pgettext_lazy
from wagtail.images.models import Image

from instore.stores.models import Store
from shop.content.models import HomePage, StoreFront

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
    """Whether every shop has its words and the front page its picture."""
    fronts = StoreFront.objects.filter(store__partner__code__in=WORDS).count()
    return fronts == len(WORDS) and not HomePage.objects.filter(picture=None).exists()


@transaction.atomic
def show(*, pictures: bool) -> None:
    """Give the shops and the front page what they lack; what an editor chose stays."""
    from shop.seed.pictures import hero, shop_front  # libvips is loaded only when there is something to draw

    with translation.override("en"):
        for store in Store.objects.filter(partner__code__in=WORDS, front=None).select_related("partner"):
            code = store.partner.code
            picture = (
                _image(f"Langkah {store.partner.name}", f"langkah-{code}.webp", shop_front(code)) if pictures else None
            )
            StoreFront.objects.create(store=store, picture=picture, words=str(WORDS[code]))
        bare = HomePage.objects.filter(picture=None)
        if pictures and bare.exists():
            bare.update(picture=_image(HERO, "langkah-home.webp", hero()))


def _image(title: str, name: str, content: bytes) -> Any:
    """Wagtail's image of that title; a file that a killed run left is written over."""
    default_storage.delete(f"original_images/{name}")
    return Image.objects.create(title=title, file=ContentFile(content, name=name))
