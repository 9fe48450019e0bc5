from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omni_sync.seal import seal, unseal


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        """Those whose time has come, the longest waiting first."""
        return self.filter(state=Message.State.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


class Message(models.Model):
    """Something that is said to somebody once: ``key`` says what it is about, and is kept for ever.

    ``data`` is what its letter is made of, sealed: it may open doors. Address and data are forgotten some time after.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    key = models.CharField(max_length=128, unique=True)
    kind = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=16, blank=True)
    data = models.BinaryField(null=True, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["failed", "sent", "waiting"]), name="message_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_at_some_time",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="message_fails_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | (~Q(to="") & Q(data__isnull=False)), name="message_waits_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["said_at"], condition=Q(data__isnull=False), name="message_not_forgotten"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"

    @property
    def facts(self) -> dict[str, Any] | None:
        """What its letter is made of; None once that is forgotten. Raises InvalidToken where no key opens it."""
        return None if self.data is None else json.loads(unseal(self.data))


def sealed(facts: dict[str, Any]) -> bytes:
    """What may be stored of ``facts``, which are JSON."""
    return seal(json.dumps(facts))
