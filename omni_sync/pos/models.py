from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Connection(models.Model):
    """A configured link to one till system."""

    name = models.SlugField(max_length=48, unique=True)
    adapter = models.CharField(max_length=32, default="native")
    secret = models.BinaryField(_("encrypted secret"))
    webhook = models.URLField(blank=True)
    trusts_loyalty = models.BooleanField(_("its loyalty numbers are ours"), default=True)
    cursor = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    stores: models.ManyToManyField[Any, ConnectionStore] = models.ManyToManyField(
        "partner.Partner", through="ConnectionStore", related_name="connections"
    )

    def __str__(self) -> str:
        return self.name


class ConnectionStore(models.Model):
    """One row of a connection's location map: the till's own code for one of our stores."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="store_map")
    store = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=128)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "code"], name="connection_code_names_one_store"),
            models.UniqueConstraint(fields=["connection", "store"], name="connection_store_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Delivery(models.Model):
    """The raw body and headers as received."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    body = models.BinaryField(null=True)
    headers = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    received_at = models.DateTimeField(db_default=Now(), editable=False, db_index=True)

    class Meta:
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["connection", "received_at"], name="delivery_of_connection")]

    def __str__(self) -> str:
        return f"{self.connection} #{self.pk}"


class InboxEvent(models.Model):
    """One event of a delivery, kept before any of it is applied; its id is its place in the lane."""

    class State(models.TextChoices):
        PENDING = "pending", _("waits for its turn")
        WAITING = "waiting", _("waits for its time")
        HINT = "hint", _("to be read at the source")
        APPLIED = "applied", _("applied")
        FAILED = "failed", _("failed")
        DUPLICATE = "duplicate", _("said before")
        CONFLICT = "conflict", _("contradicts what was said before")
        IGNORED = "ignored", _("put aside by a person")
        ACCEPTED = "accepted", _("taken up by a person, as another event")

    class Resolution(models.TextChoices):
        IGNORED = "ignored", _("ignored")
        RETRIED = "retried", _("tried again")
        NEW = "new", _("taken as a new document")
        CORRECTION = "correction", _("taken as a correction")

    #: These have no claim to their id and number: the one may be another's, or be told again.
    KEYLESS: Final = (State.CONFLICT.value, State.IGNORED.value, State.ACCEPTED.value)

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="events")
    index = models.PositiveIntegerField()
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="events", db_index=False)
    store = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="+", db_index=False)
    event_id = models.CharField(max_length=255)
    type = models.CharField(max_length=32)
    document = models.CharField(max_length=300)
    fingerprint = models.BinaryField()
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.PENDING)
    error = models.TextField(blank=True, db_default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    applied_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(
        _("a person's answer"), max_length=16, choices=Resolution.choices, blank=True, db_default=""
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )  # the event that a conflict was taken up as
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="corrections", db_index=False
    )  # the event that was first told under the number this one takes the place of

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "event_id"],
                condition=~Q(state__in=["conflict", "ignored", "accepted"]),
                name="inbox_event_id_once",
            ),
            models.UniqueConstraint(
                fields=["connection", "store", "document"],
                condition=~Q(state__in=["conflict", "duplicate", "ignored", "accepted"]),
                name="inbox_document_once",
            ),
        ]
        indexes = [
            models.Index(fields=["connection", "store", "id"], condition=Q(state="pending"), name="inbox_lane"),
            models.Index(
                fields=["state", "not_before"],
                condition=Q(state__in=["waiting", "hint", "failed", "conflict"]),
                name="inbox_needs_attention",
            ),
            models.Index(
                fields=["connection", "event_id"],
                condition=Q(state__in=["conflict", "ignored", "accepted"]),
                name="inbox_keyless",
            ),
            models.Index(
                fields=["connection", "store", "document"],
                condition=Q(state__in=["conflict", "duplicate", "ignored", "accepted"]),
                name="inbox_repeats",
            ),
            models.Index(fields=["corrects"], condition=~Q(corrects=None), name="inbox_corrections"),
            models.Index(fields=["became"], condition=~Q(became=None), name="inbox_taken_up"),
            models.Index(fields=["resolved_by"], condition=~Q(resolved_by=None), name="inbox_answered_by"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class Lane(models.Model):
    """The order in which one store of one connection is worked off; locked for one batch at a time."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="lanes")
    store = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="+")
    drained_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "store"], name="lane_once")]

    def __str__(self) -> str:
        return f"{self.connection} at {self.store}"


class UnmatchedLine(models.Model):
    """A line whose product is not known yet. It heals at its original instant when the product appears."""

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", _("nothing has this SKU or GTIN")
        DISAGREE = "disagree", _("SKU and GTIN name different products")

    store = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="+")
    sku = models.CharField(max_length=128, blank=True)
    gtin = models.CharField(max_length=14, blank=True)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    kind = models.CharField(max_length=16)
    quantity = models.IntegerField()
    occurred_at = models.DateTimeField()
    source = models.CharField(max_length=64)
    document = models.CharField(max_length=400)
    line = models.CharField(max_length=128)
    event_id = models.CharField(max_length=255)
    origin = models.CharField(max_length=400, blank=True)
    reference = models.CharField(max_length=128, blank=True)
    moves_stock = models.BooleanField(default=True)
    order_line = models.ForeignKey("order.Line", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    return_line = models.ForeignKey(
        "omni_sync.ReturnLine", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    healed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "document", "line"], name="unmatched_once")]
        indexes = [
            models.Index(fields=["sku"], condition=Q(healed_at=None), name="unmatched_sku"),
            models.Index(fields=["gtin"], condition=Q(healed_at=None), name="unmatched_gtin"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku or self.gtin} ({self.reason})"


class OutboxEvent(models.Model):
    """What other systems are told, in the order it was committed: readers see only finished transactions."""

    type = models.CharField(max_length=32)
    store = models.ForeignKey("partner.Partner", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    data = models.JSONField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    xact = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text::bigint)", []), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["store", "xact", "id"], name="outbox_of_store"),
            BrinIndex(fields=["at"], name="outbox_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.type} #{self.pk}"
