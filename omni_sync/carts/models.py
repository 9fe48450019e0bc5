from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Fulfilment(models.Model):
    """The basket's one choice: deliver, or collect at a store. Without a row nothing is chosen yet."""

    class Mode(models.TextChoices):
        DELIVER = "deliver", _("Delivered")
        COLLECT = "collect", _("Collected at a store")

    basket = models.OneToOneField(
        "basket.Basket", on_delete=models.CASCADE, related_name="fulfilment", primary_key=True
    )
    mode = models.CharField(max_length=7, choices=Mode.choices)
    partner = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="deliver", partner=None) | Q(mode="collect", partner__isnull=False),
                name="fulfilment_collect_names_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.partner or ''}".strip()

    @property
    def is_chosen(self) -> bool:
        """Whether the shopper has said anything."""
        return bool(self.mode)

    @property
    def is_collected(self) -> bool:
        return self.mode == self.Mode.COLLECT

    @property
    def is_delivered(self) -> bool:
        return self.mode == self.Mode.DELIVER
