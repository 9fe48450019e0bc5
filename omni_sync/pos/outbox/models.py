from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from omni_sync.pos.models import Connection

SHOWN: Final = 8  # so much of a token is kept readable, to tell one from another


class BearerTokenQuerySet(models.QuerySet["BearerToken"]):
    def valid(self) -> BearerTokenQuerySet:
        """Those that open a door."""
        return self.filter(revoked_at=None)


class BearerToken(models.Model):
    """What a connection shows to read what we tell it. Only its hash is kept; several at once make a rotation."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="tokens")
    digest = models.BinaryField(_("SHA-256 of the token"), unique=True)
    begins = models.CharField(max_length=SHOWN)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    last_used_at = models.DateTimeField(null=True, blank=True)  # to within some minutes
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = BearerTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.begins}… of {self.connection}"


class Endpoint(models.Model):
    """Where a connection's webhook has got to: everything up to ``(xact, event)`` has arrived."""

    class Stop(models.TextChoices):
        GONE = "gone", _("it answered that it is gone for good")
        EXHAUSTED = "exhausted", _("it failed as often as we try")
        PERSON = "person", _("somebody paused it")

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, primary_key=True, related_name="endpoint")
    xact = models.BigIntegerField()
    event = models.BigIntegerField(_("id of the last event"))
    delivered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("failures of the next event"), default=0)
    attempted_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_for = models.CharField(max_length=16, choices=Stop.choices, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_for="") | (Q(stopped_at__isnull=False) & ~Q(stopped_for="")),
                name="endpoint_stopped_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} at {self.xact}.{self.event}"


class OutboxChange(models.Model):
    """What a person did about the events a connection hears: append-only."""

    class Kind(models.TextChoices):
        ADDRESS = "address", _("Address set")
        PAUSED = "paused", _("Paused")
        RESUMED = "resumed", _("Resumed")
        REPLAYED = "replayed", _("Replayed")
        TESTED = "tested", _("Test event sent")
        TOKEN_MADE = "token_made", _("Token made")
        TOKEN_REVOKED = "token_revoked", _("Token revoked")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="outbox_changes")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    detail = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )  # null: on the command line
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}"


class OutboxHorizon(models.Model):
    """One row: what was told by transactions before ``xact`` is not kept any more."""

    xact = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="outbox_horizon_is_one")]

    def __str__(self) -> str:
        return str(self.xact)
