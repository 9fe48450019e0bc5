from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.models import Channel, Message


class StatusNotice(models.Model):
    """What a provider told of a message, until it is settled: it may come before we wrote down that it was taken.

    ``is_for_good`` says that the address takes nothing any more.
    """

    channel = models.CharField(max_length=8, choices=Channel.choices)
    provider_id = models.CharField(max_length=160)
    status = models.CharField(max_length=10, choices=Message.Status.choices)
    at = models.DateTimeField()
    is_for_good = models.BooleanField(default=False)
    heard_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider_id", "channel", "status"], name="status_notice_once"),
            models.CheckConstraint(condition=Q(status__in=Message.Status.values), name="status_notice_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.status}"


class Undeliverable(models.Model):
    """An address that takes nothing by this channel any more, as a keyed hash: nobody writes to it until it answers."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    address_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("address that takes nothing")
        constraints = [models.UniqueConstraint(fields=["address_hash", "channel"], name="undeliverable_once")]

    def __str__(self) -> str:
        return f"undeliverable by {self.channel} since {self.at}"


class LastHeard(models.Model):
    """When somebody last wrote to us from an address, as a keyed hash: WhatsApp lets us answer freely for a day."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    address_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_hash", "channel"], name="last_heard_once")]
        indexes = [models.Index(fields=["at"], name="last_heard_long_ago")]

    def __str__(self) -> str:
        return f"heard by {self.channel} at {self.at}"
