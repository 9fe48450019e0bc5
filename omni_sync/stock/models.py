from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def default_timezone() -> str:
    """The zone of the project: what a stock location keeps until somebody says otherwise."""
    return settings.TIME_ZONE


def default_currency() -> str:
    """The currency of the project: what a stock location sells in until somebody says otherwise."""
    return settings.OSCAR_DEFAULT_CURRENCY


class Location(models.Model):
    """What we keep beside Oscar's Partner: its zone, its currency and how much it never promises."""

    partner = models.OneToOneField(
        "partner.Partner", on_delete=models.CASCADE, related_name="location", primary_key=True
    )
    timezone = models.CharField(max_length=64, default=default_timezone)
    currency = models.CharField(max_length=3, default=default_currency)
    safety = models.PositiveIntegerField(_("safety stock"), default=0)
    sells_online = models.BooleanField(_("fulfils web orders"), default=False)

    def __str__(self) -> str:
        return str(self.partner)


class LevelQuerySet(models.QuerySet["Level"]):
    def take(self, quantity: int) -> bool:
        """Hold ``quantity`` in one statement; False means somebody was faster."""
        room = F("on_hand") - F("held") - F("safety")
        return self.annotate(room=room).filter(room__gte=quantity).update(held=F("held") + quantity) == 1


class Level(models.Model):
    """The balance of a stock record: a function of its movements (R1) and its open holds (R4)."""

    stockrecord = models.OneToOneField(
        "partner.StockRecord", on_delete=models.CASCADE, related_name="level", primary_key=True
    )
    on_hand = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    safety = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)

    objects = LevelQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(held__gte=0), name="level_held_not_negative")]

    def __str__(self) -> str:
        return f"{self.stockrecord_id}: {self.on_hand} on hand, {self.held} held"

    @property
    def available(self) -> int:
        """What may still be promised, never below 0."""
        return max(self.on_hand - self.held - self.safety, 0)


class Movement(models.Model):
    """One immutable ledger line. ``counted`` states a quantity, every other kind changes it."""

    class Kind(models.TextChoices):
        SALE = "sale", _("sale")
        RETURN = "return", _("return")
        VOID = "void", pgettext_lazy("movement", "void")
        COUNTED = "counted", _("count")
        ADJUSTED = "adjusted", _("adjustment")
        RECEIVED = "received", _("goods in")
        TRANSFER_OUT = "transfer-out", _("transfer out")
        TRANSFER_IN = "transfer-in", _("transfer in")
        HAND_OVER = "hand-over", _("hand-over")
        DISPATCHED = "dispatched", _("dispatch")

    stockrecord = models.ForeignKey(
        "partner.StockRecord", on_delete=models.CASCADE, related_name="movements", db_index=False
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    quantity = models.IntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    source = models.CharField(_("who says so"), max_length=64)
    document = models.CharField(max_length=400)
    line = models.CharField(max_length=128)
    event_id = models.CharField(max_length=255, blank=True, db_default="")
    origin = models.CharField(_("document that a return answers"), max_length=400, blank=True, db_default="")
    reference = models.CharField(max_length=128, blank=True, db_default="")
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answered_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "document", "line"], name="movement_once"),
            models.CheckConstraint(
                condition=(Q(kind="counted") & Q(quantity__gte=0)) | (~Q(kind="counted") & ~Q(quantity=0)),
                name="movement_quantity_means_something",
            ),
        ]
        indexes = [
            models.Index(fields=["stockrecord", "occurred_at"], name="movement_of_record"),
            models.Index(fields=["occurred_at"], condition=Q(kind="counted"), name="movement_counts"),
            models.Index(fields=["source", "origin"], condition=~Q(origin=""), name="movement_returns_of"),
            models.Index(fields=["reference"], condition=Q(kind__startswith="transfer"), name="movement_in_transit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity:+} ({self.document})"


class Void(models.Model):
    """The statement that a document never happened; kept so that it may arrive before what it answers."""

    source = models.CharField(max_length=64)
    document = models.CharField(max_length=400)
    occurred_at = models.DateTimeField()
    event_id = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "document"], name="void_once")]

    def __str__(self) -> str:
        return f"void of {self.document}"


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> HoldQuerySet:
        """Promises that still count, past their time or not (R4)."""
        return self.filter(ended_at=None)

    def of(self, kind: str, key: str) -> HoldQuerySet:
        """The promises made to one holder."""
        return self.filter(holder_kind=kind, holder=key)

    def overdue(self, at: datetime | None = None) -> HoldQuerySet:
        """Open promises whose time is over."""
        return self.open().filter(until__lt=at or timezone.now())


class Hold(models.Model):
    """A promise of quantity, with an expiry and the reason it ended."""

    class Reason(models.TextChoices):
        COLLECTED = "collected", _("collected")
        SHIPPED = "shipped", _("shipped")
        EXPIRED = "expired", _("expired")
        CANCELLED = "cancelled", _("cancelled")
        SHORT = "short", _("short")
        MOVED = "moved", _("moved")

    BASKET: Final = "basket"
    ORDER: Final = "order"
    PICKUP: Final = "pickup"

    stockrecord = models.ForeignKey(
        "partner.StockRecord", on_delete=models.CASCADE, related_name="holds", db_index=False
    )
    quantity = models.PositiveIntegerField()
    holder_kind = models.CharField(max_length=16)
    holder = models.CharField(max_length=128)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=Reason.choices, blank=True, db_default="")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="hold_holds_something"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="hold_ends_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["holder_kind", "holder", "stockrecord"], condition=Q(ended_at=None), name="hold_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["stockrecord"], condition=Q(ended_at=None), name="hold_open_of_record"),
            models.Index(fields=["until"], condition=Q(ended_at=None), name="hold_open_until"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.stockrecord_id} for {self.holder_kind} {self.holder}"


class Shortfall(models.Model):
    """More is promised than is there (R3), or goods sent were never received: staff must choose a way out."""

    class Kind(models.TextChoices):
        PROMISE = "promise", _("promised more than there is")
        TRANSIT = "transit", _("lost between stores")

    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.PROMISE)
    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.CASCADE, related_name="shortfalls")
    reference = models.CharField(max_length=128, blank=True, db_default="")
    missing = models.BigIntegerField()
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stockrecord", "kind", "reference"], condition=Q(closed_at=None), name="shortfall_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.missing} of {self.stockrecord_id} missing"
