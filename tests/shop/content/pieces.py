"""Pages and goods to put on them."""

from uuid import uuid4

from wagtail.models import Locale

from shop.models import ContentPage, HomePage
from shop.seed.writing.pieces import block


def home(language="en"):
    return HomePage.objects.get(locale__language_code=language)


def write(title="About us", *blocks, language="en", key=None, under=None, kind=ContentPage, **fields):
    """A page in ``language``; ``key`` makes it the translation of another."""
    parent = under or home(language)
    page = kind(
        title=title,
        slug=fields.pop("slug", title.lower().replace(" ", "-")),
        body=list(blocks),
        locale=Locale.objects.get(language_code=language),
        translation_key=key or uuid4(),
        **fields,
    )
    return parent.add_child(instance=page)


def row(*products, heading="Row"):
    return block("chosen", {"heading": heading, "products": [block("item", product.pk) for product in products]})
