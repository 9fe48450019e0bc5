from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
LIFE: Final = timedelta(minutes=10)
UNDO: Final = timedelta(minutes=10)


class HandOffQuerySet(models.QuerySet["HandOff"]):
    def open(self, at: datetime) -> HandOffQuerySet:
        """Those that another device may still take."""
        return self.filter(taken_at=None, until__gt=at)

    def over(self, at: datetime) -> HandOffQuerySet:
        """Those that nobody can take or undo any more."""
        return self.filter(until__lt=at - UNDO - LIFE)


class HandOff(models.Model):
    """A basket on its way to another device: taken once, within ten minutes."""

    class Choice(models.TextChoices):
        """What becomes of the basket that the other device had itself."""

        MINE = "mine", _("Keep mine")
        THEIRS = "theirs", _("Take the other one instead")
        BOTH = "both", _("Put both together")

    basket = models.ForeignKey("basket.Basket", on_delete=models.CASCADE, related_name="+")
    stays = models.BooleanField(_("stays where it was too"))
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    code_hash = models.BinaryField(max_length=HASH_BYTES)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey("basket.Basket", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    choice = models.CharField(max_length=6, choices=Choice.choices, blank=True)
    before = models.JSONField(_("what both baskets held, for who wants it back"), null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = HandOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-off")
        verbose_name_plural = _("hand-offs")
        constraints = [
            models.UniqueConstraint(fields=["code_hash"], condition=Q(taken_at=None), name="hand_off_code_is_one_only"),
            models.CheckConstraint(
                condition=Q(taken_at=None, choice="", undone_at=None) | (Q(taken_at__isnull=False) & ~Q(choice="")),
                name="hand_off_taken_with_a_choice",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="hand_off_until")]

    def __str__(self) -> str:
        return f"{self.basket_id} → {self.taken_by_id or '…'}"

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.until <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether another device may still take it."""
        return self.taken_at is None and not self.is_over
