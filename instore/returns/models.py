from __future__ import annotations

from datetime import datetime
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_KEY: Final = 64
SHORTEST_KEY: Final = 16

models.CharField.register_lookup(Length)


class Reason(models.TextChoices):
    """Why it comes back, as the shopper says."""

    SIZE = "size", _("does not fit")
    MIND = "mind", _("no longer wanted")
    BROKEN = "broken", _("broken or flawed")
    OTHER = "other", _("not what was ordered")
    UNSAID = "unsaid", _("no reason given")


class Disposition(models.TextChoices):
    """What becomes of the goods."""

    SELL = "sell", _("back on the shelf")
    REPAIR = "repair", _("to be repaired")
    WASTE = "waste", _("thrown away")


class Method(models.TextChoices):
    """How the money goes back."""

    ORIGINAL = "original", _("the way it was paid")
    CASH = "cash", _("in cash")
    VOUCHER = "voucher", _("as a voucher")


class TakenBack(models.Model):
    """That a return was taken at a tablet: by whom, and under which key, which never acts again.

    ``asked`` is the fingerprint of what the form said.
    """

    sale_return = models.OneToOneField(
        "omni_sync.Return", on_delete=models.CASCADE, related_name="taken_back", primary_key=True
    )
    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    asked = models.BinaryField(max_length=32, editable=False)
    method = models.CharField(max_length=16, choices=Method.choices)
    device = models.ForeignKey("instore.Device", null=True, on_delete=models.SET_NULL, related_name="+")
    associate = models.ForeignKey("instore.Associate", null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(_("name of the member of staff"), max_length=64)
    note = models.CharField(_("why without a receipt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("return at a tablet")
        verbose_name_plural = _("returns at tablets")
        constraints = [
            models.CheckConstraint(condition=Q(key__length__gte=SHORTEST_KEY), name="taken_back_key_is_not_guessed"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="taken_back_method_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.sale_return_id}, {self.who}"


class TakenBackLine(models.Model):
    """Why a line came back and what becomes of it; ``order_line`` is what it was bought as."""

    return_line = models.OneToOneField(
        "omni_sync.ReturnLine", on_delete=models.CASCADE, related_name="taken_back", primary_key=True
    )
    order_line = models.ForeignKey("order.Line", null=True, on_delete=models.SET_NULL, related_name="taken_back")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    disposition = models.CharField(max_length=8, choices=Disposition.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="taken_back_reason_is_known"),
            models.CheckConstraint(
                condition=Q(disposition__in=Disposition.values), name="taken_back_disposition_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}, {self.disposition}"


class AnnouncedQuerySet(models.QuerySet["Announced"]):
    def waiting(self, at: datetime | None = None) -> Self:
        """Those that somebody may still walk in with."""
        return self.filter(ended_at=None, until__gt=at or timezone.now())


class Announced(models.Model):
    """That the owner of an order said beforehand what they will bring back, and where: it waits on the tablets there.

    It promises nothing and moves nothing. It ends by a return of the order, by its owner, or by ``until``.
    """

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="announced_returns")
    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncedQuerySet.as_manager()

    class Meta:
        verbose_name = _("announced return")
        verbose_name_plural = _("announced returns")
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at=None), name="announced_return_open_once_of_an_order"
            )
        ]
        indexes = [models.Index(fields=["store", "until"], condition=Q(ended_at=None), name="announced_at_store")]

    def __str__(self) -> str:
        return f"{self.order_id} at {self.store_id}"


class AnnouncedLine(models.Model):
    """So many of a line of the order, and why."""

    announced = models.ForeignKey(Announced, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("order.Line", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=8, choices=Reason.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announced", "order_line"], name="announced_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="announced_something"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="announced_reason_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.order_line_id}"
