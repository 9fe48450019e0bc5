from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
LIFE: Final = timedelta(minutes=10)
LONGEST_KEY: Final = 64


class PassQuerySet(models.QuerySet["Pass"]):
    def open(self, at: datetime) -> Self:
        """Those that a phone may still take."""
        return self.filter(taken_at=None, until__gt=at)

    def over(self, at: datetime) -> Self:
        """Those that nobody can take any more, and no kiosk shows."""
        return self.filter(until__lt=at - LIFE)


class Pass(models.Model):
    """A kiosk's list on its way to a phone: a copy, taken once, within ten minutes."""

    anonymous_list = models.ForeignKey(
        "omni_sync.AnonymousList", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    code_hash = models.BinaryField(max_length=HASH_BYTES)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name = _("list on its way to a phone")
        verbose_name_plural = _("lists on their way to phones")
        constraints = [
            models.UniqueConstraint(fields=["code_hash"], condition=Q(taken_at=None), name="pass_code_is_one_only"),
        ]
        indexes = [models.Index(fields=["until"], name="pass_until")]

    def __str__(self) -> str:
        return f"{self.anonymous_list_id} → {self.taken_at or '…'}"

    @property
    def is_open(self) -> bool:
        """Whether a phone may still take it."""
        return self.taken_at is None and self.until > timezone.now()


class Reserved(models.Model):
    """A form of a kiosk that reserved something elsewhere: sent twice, it is one order."""

    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("reservation at a kiosk")
        verbose_name_plural = _("reservations at kiosks")

    def __str__(self) -> str:
        return str(self.order_id)
