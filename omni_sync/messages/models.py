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


class Channel(models.TextChoices):
    """How somebody is reached."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    PUSH = "push", _("notification")


class Purpose(models.TextChoices):
    """What somebody is written to for. What an order needs is service, whatever they agreed to."""

    SERVICE = "service", _("about one's own orders")
    MARKETING = "marketing", _("about new things and offers")


class Message(models.Model):
    """Something that is said to somebody once: ``key`` says what it is about, and is kept for ever.

    ``data`` is what its letter is made of, sealed: it may open doors. Address and data are forgotten some time after.
    What is service is sent until it is taken. Marketing is ``sending`` from before its channel is asked, and whoever
    finds it so after a crash leaves it: it may have arrived.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("on its way")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        STOPPED = "stopped", _("stopped before it went")

    class Status(models.TextChoices):
        """What the provider heard since, in the order in which it can happen."""

        DELIVERED = "delivered", _("arrived")
        READ = "read", _("read")
        BOUNCED = "bounced", _("came back")
        COMPLAINED = "complained", _("called unwanted")

    key = models.CharField(max_length=128, unique=True)
    kind = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    purpose = models.CharField(max_length=9, choices=Purpose.choices, default=Purpose.SERVICE, db_default="service")
    person = models.ForeignKey(
        "omni_sync.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )
    to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=16, blank=True)
    data = models.BinaryField(null=True, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    provider_id = models.CharField(_("the provider's number of it"), max_length=160, blank=True, db_default="")
    status = models.CharField(max_length=10, choices=Status.choices, blank=True, db_default="")
    status_at = models.DateTimeField(null=True, blank=True)
    stop_hash = models.BinaryField(_("what its link to no more of this is known by"), max_length=32, null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["failed", "sending", "sent", "stopped", "waiting"]),
                name="message_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "stopped"]) | ~Q(failure=""), name="message_fails_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "waiting"]) | (~Q(to="") & Q(data__isnull=False)),
                name="message_waits_whole",
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="message_purpose_is_known"),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(purpose="marketing"), name="message_of_service_is_never_in_doubt"
            ),
            models.CheckConstraint(
                condition=Q(status="", status_at=None) | (~Q(status="") & Q(status_at__isnull=False)),
                name="message_status_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["stop_hash"], condition=Q(stop_hash__isnull=False), name="message_stop_hash_once"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["next_try_at"], condition=Q(state="sending"), name="message_sending"),
            models.Index(fields=["said_at"], condition=Q(data__isnull=False), name="message_not_forgotten"),
            models.Index(fields=["person", "said_at"], condition=Q(person__isnull=False), name="message_to_person"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_at_provider"),
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
