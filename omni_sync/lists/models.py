from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
NOTE: Final = 500
NAME: Final = 64
LIFE: Final = timedelta(days=30)


class ListNote(models.Model):
    """Who put a thing on a list and why. A line without one is the owner's own wish."""

    line = models.OneToOneField("wishlists.Line", on_delete=models.CASCADE, related_name="list_note", primary_key=True)
    note = models.CharField(_("note"), max_length=NOTE, blank=True)
    adviser_name = models.CharField(_("who advised it"), max_length=NAME, blank=True)
    store = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("store")
    )
    associate_key = models.CharField(max_length=NAME, blank=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note on a list")
        verbose_name_plural = _("notes on lists")
        constraints = [
            models.CheckConstraint(
                condition=~Q(adviser_name="") | Q(store=None, associate_key=""), name="list_note_adviser_has_a_name"
            ),
            models.CheckConstraint(condition=~Q(note="", adviser_name=""), name="list_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.adviser_name}: {self.note}"


class ShareLink(models.Model):
    """An address that shows a list to whoever has it, until its owner revokes it; one at a time."""

    wishlist = models.ForeignKey("wishlists.WishList", on_delete=models.CASCADE, related_name="share_links")
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    sealed = models.BinaryField(_("the token, for the owner to see again; none once it is revoked"), blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link to a list")
        verbose_name_plural = _("links to lists")
        constraints = [
            models.UniqueConstraint(fields=["wishlist"], condition=Q(revoked_at=None), name="share_link_one_open"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(sealed=b""), name="share_link_revoked_keeps_no_token"
            ),
        ]

    def __str__(self) -> str:
        return str(self.wishlist_id)


class AnonymousListQuerySet(models.QuerySet["AnonymousList"]):
    def open(self, at: datetime) -> AnonymousListQuerySet:
        """Those that can still be seen and taken."""
        return self.filter(until__gt=at)

    def over(self, at: datetime) -> AnonymousListQuerySet:
        """Those whose time has passed."""
        return self.filter(until__lte=at)


class AnonymousList(models.Model):
    """A list of nobody we know: a browser's or a kiosk's. Its token opens it elsewhere, for thirty days."""

    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()

    objects = AnonymousListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of nobody")
        verbose_name_plural = _("lists of nobody")
        indexes = [models.Index(fields=["until"], name="anonymous_list_until")]

    def __str__(self) -> str:
        return str(self.pk)


class AnonymousLine(models.Model):
    """One thing on such a list."""

    anonymous_list = models.ForeignKey(AnonymousList, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(default=1)
    note = models.CharField(_("note"), max_length=NOTE, blank=True)

    class Meta:
        verbose_name = _("line on a list of nobody")
        verbose_name_plural = _("lines on lists of nobody")
        constraints = [
            models.UniqueConstraint(fields=["anonymous_list", "product"], name="anonymous_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="anonymous_line_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.product_id}"
