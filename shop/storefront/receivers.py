"""What makes the remembered catalogue old, and what a new picture is made into."""

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from oscar.core.loading import get_model
from wagtail.images.models import Image
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from omni_sync.catalogue.models import Entry, Gtin
from omni_sync.catalogue.signals import entries_changed
from shop.content.frame.models import Footer, Header, Notice
from shop.content.models import StoreFront
from shop.storefront import pictures
from shop.storefront.memory import catalogue_changed

WATCHED = [
    *(get_model("catalogue", name) for name in ("Product", "ProductImage", "ProductCategory", "Category")),
    *(get_model("catalogue", "ProductRecommendation"), get_model("reviews", "ProductReview")),
    *(Entry, Gtin, Site, PageViewRestriction, StoreFront, Header, Footer, Notice, Image),
]


def connect() -> None:
    """Listen, once the apps are ready."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(catalogue_changed, sender=model, dispatch_uid=f"shop.changed.{model._meta.label}")
    for page_signal in (page_published, page_unpublished, post_page_move):
        page_signal.connect(catalogue_changed, dispatch_uid="shop.changed.page")
    entries_changed.connect(catalogue_changed, dispatch_uid="shop.changed.entries")
    m2m_changed.connect(
        catalogue_changed,
        sender=get_model("catalogue", "Product").categories.through,
        dispatch_uid="shop.changed.shelf",
    )
    post_save.connect(
        make_widths, sender=get_model("catalogue", "ProductImage"), dispatch_uid="shop.pictures.make_widths"
    )


def make_widths(*, instance: Any, raw: bool = False, **_: object) -> None:
    """An uploaded picture is given the widths that pages ask for, after commit; those it has already stay."""
    if raw or not instance.original:
        return

    def after_commit() -> None:
        if pictures.make_widths(instance.original.name):
            catalogue_changed()

    transaction.on_commit(after_commit, robust=True)
