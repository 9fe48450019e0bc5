from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class WornSize(models.Model):
    """The size somebody wears in one size system of ``catalogue.Entry``, as one source told it; see ``sizes``.

    Of one category, of one brand in it, or, without any, wherever nothing else is told.

    ``by`` names the member of staff who wrote it down for them, empty where they did so themselves.
    """

    class Source(models.TextChoices):
        TYPED = "typed", _("told by the person")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="worn_sizes")
    size_system = models.CharField(_("size system"), max_length=16)
    size = models.CharField(_("size"), max_length=32)
    source = models.CharField(_("source"), max_length=16, choices=Source.choices, default=Source.TYPED)
    brand = models.CharField(max_length=255, blank=True, db_default="")
    category = models.ForeignKey(
        "catalogue.Category", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    by = models.CharField(_("written down by"), max_length=128, blank=True, db_default="")
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("worn size")
        verbose_name_plural = _("worn sizes")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "size_system", "source", "brand", "category"],
                name="worn_size_once_per_source",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(size_system="") & ~Q(size=""), name="worn_size_is_a_size_of_a_system"),
            models.CheckConstraint(condition=Q(brand="") | ~Q(category=None), name="worn_size_of_brand_in_category"),
        ]
        indexes = [models.Index(fields=["category"], condition=~Q(category=None), name="worn_size_of_category")]

    def __str__(self) -> str:
        return f"{self.size_system} {self.size}"


class ForgottenSize(models.Model):
    """Somebody said: forget what you learnt of my size; whatever happened until ``at`` never teaches it again.

    Of a whole size system, or within it of one brand, one category, or both.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    size_system = models.CharField(_("size system"), max_length=16)
    brand = models.CharField(max_length=255, blank=True, db_default="")
    category = models.ForeignKey(
        "catalogue.Category", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "size_system", "brand", "category"],
                name="forgotten_size_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["category"], condition=~Q(category=None), name="forgotten_size_of_category")]

    def __str__(self) -> str:
        return f"{self.size_system} {self.brand}".strip()


class FilteredSize(models.Model):
    """A member narrowed the shelves down to this size on this day; see ``filtered``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    size_system = models.CharField(_("size system"), max_length=16)
    size = models.CharField(_("size"), max_length=32)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "size_system", "size", "day"], name="filtered_size_once_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="filtered_size_by_day")]

    def __str__(self) -> str:
        return f"{self.size_system} {self.size}"


class ForSomebodyElse(models.Model):
    """This order was placed by somebody who said that they shop for somebody else: its sizes are not theirs."""

    order = models.OneToOneField(
        "order.Order", on_delete=models.CASCADE, related_name="for_somebody_else", primary_key=True
    )

    def __str__(self) -> str:
        return str(self.order_id)
