from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from instore.receipts.models import HASH_BYTES

#: How long a claim waits for its sale.
WAITS: Final = timedelta(days=30)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def waiting(self, at: datetime) -> Self:
        """Those whose sale has not arrived, and may yet."""
        return self.filter(order=None, expires_at__gt=at)

    def open(self, at: datetime) -> Self:
        """Those that a sale may complete: that wait, and those whose own sale was taken back."""
        return self.filter(Q(order=None, expires_at__gt=at) | Q(order__sale__voided_at__isnull=False))

    def over(self, at: datetime) -> Self:
        """Those whose sale did not arrive in time: as if they had never been."""
        return self.filter(order=None, expires_at__lte=at)


class Claim(models.Model):
    """That a purchase was added to the account of ``person`` with what is printed on its receipt; once.

    Without an ``order`` it waits for the sale until ``expires_at``. ``instead_of`` is whom the till had named, who has
    no account: the one who holds the receipt is more certain.
    """

    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True, editable=False)
    person = models.ForeignKey("omni_sync.Person", on_delete=models.CASCADE, related_name="claims")
    order = models.OneToOneField(
        "order.Order", null=True, blank=True, on_delete=models.CASCADE, related_name="receipt_claim"
    )
    instead_of = models.ForeignKey(
        "omni_sync.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    completed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of a receipt")
        verbose_name_plural = _("claims of receipts")
        constraints = [
            models.CheckConstraint(condition=Q(token_hash__length=HASH_BYTES), name="claim_token_is_hashed"),
            models.CheckConstraint(
                condition=Q(order=None, completed_at=None, expires_at__isnull=False)
                | Q(order__isnull=False, completed_at__isnull=False, expires_at=None),
                name="claim_waits_or_is_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(order=None), name="claim_waiting"),
            models.Index(fields=["instead_of"], condition=~Q(instead_of=None), name="claim_instead_of"),
        ]

    def __str__(self) -> str:
        return f"receipt of order {self.order_id}" if self.order_id else "receipt that has not arrived"
