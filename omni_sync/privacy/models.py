from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omni_sync.people.models import Person

#: By when the person has an answer: Indonesia's UU PDP 27/2022 (3 x 24 hours), and the GDPR's month.
FIRST_LIMIT: Final = timedelta(hours=72)
LAST_LIMIT: Final = timedelta(days=30)
KEPT: Final = timedelta(days=7)  # a file that is ready


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    def open(self) -> Self:
        """Those that are not answered yet, the one that is due next first."""
        return self.filter(done_at=None).order_by("asked_at", "pk")

    def agreed(self) -> Self:
        """Open ones of which nobody needs to say anything more."""
        return self.open().filter(agreed_at__isnull=False)


class PrivacyRequest(models.Model):
    """Somebody wants what is held of them, or to be forgotten. Once it is done it says nothing of who that was."""

    class Kind(models.TextChoices):
        EXPORT = "export", _("their data")
        ERASURE = "erasure", _("to be forgotten")

    class Outcome(models.TextChoices):
        HANDED_OVER = "handed_over", _("put together")
        FORGOTTEN = "forgotten", _("forgotten")
        NOBODY = "nobody", _("we know nobody by this")
        TAKEN_BACK = "taken_back", _("taken back")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.CharField(_("e-mail or phone they wrote from"), max_length=254, blank=True)
    reply_to = models.EmailField(_("e-mail address for the answer"), blank=True)
    language = models.CharField(max_length=16, blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_at = models.DateTimeField(_("to be done since"), null=True, blank=True)
    held_up_by = models.CharField(_("orders that are not over"), max_length=255, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("privacy request")
        verbose_name_plural = _("privacy requests")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["erasure", "export"]), name="privacy_kind_is_known"),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="privacy_done_somehow",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(person=None, contact="", reply_to=""), name="privacy_done_names_nobody"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(done_at=None), name="privacy_open_once_for_a_person"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(done_at=None), name="privacy_open")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def first_due(self) -> datetime:
        """72 hours after they asked."""
        return self.asked_at + FIRST_LIMIT

    @property
    def last_due(self) -> datetime:
        """30 days after they asked."""
        return self.asked_at + LAST_LIMIT

    @property
    def is_late(self) -> bool:
        """Whether the first limit passed, or had passed when it was done."""
        return (self.done_at or timezone.now()) > self.first_due

    @property
    def is_last_limit_missed(self) -> bool:
        return (self.done_at or timezone.now()) > self.last_due


class PacketQuerySet(models.QuerySet["Packet"]):
    def ready(self, at: datetime) -> Self:
        """Those that can still be taken."""
        return self.filter(taken_at=None, until__gt=at)


class Packet(models.Model):
    """What is held of somebody, as a zip, until it is taken, once, or its week is over."""

    request = models.OneToOneField(PrivacyRequest, on_delete=models.CASCADE, related_name="packet", primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    person_ids = ArrayField(models.BigIntegerField(), verbose_name=_("rows of persons in it"), default=list)
    token_hash = models.BinaryField(_("of the link, where it goes by letter"), max_length=32, null=True, unique=True)
    body = models.BinaryField(null=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = PacketQuerySet.as_manager()

    class Meta:
        verbose_name = _("packet of data")
        verbose_name_plural = _("packets of data")
        constraints = [
            models.CheckConstraint(condition=Q(user=None) | Q(token_hash=None), name="packet_has_one_door"),
            models.CheckConstraint(
                condition=Q(taken_at=None, body__isnull=False) | Q(taken_at__isnull=False, body=None),
                name="packet_is_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return f"packet of {self.request_id}"
