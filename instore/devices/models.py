from __future__ import annotations

from datetime import timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DIGEST = 32  # bytes of SHA-256
SILENT_AFTER: Final = timedelta(minutes=5)

models.BinaryField.register_lookup(Length)


class Kind(models.TextChoices):
    TABLET = "tablet", _("Staff tablet")
    KIOSK = "kiosk", _("Kiosk")
    SCREEN = "screen", _("Screen")


class DeviceQuerySet(models.QuerySet["Device"]):
    def enrolled(self) -> Self:
        """Devices that were not revoked."""
        return self.filter(revoked_at=None)


class Device(models.Model):
    """An enrolled tablet, kiosk or screen, bound to one store; known by a token of which we keep the SHA-256."""

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=64)
    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="devices")
    place = models.CharField(_("where in the store"), max_length=64, blank=True, default="", db_default="")
    version = models.CharField(
        max_length=32, blank=True, default="", db_default="", editable=False
    )  # of the page it shows
    digest = models.BinaryField(max_length=DIGEST, unique=True, editable=False)
    enrolled_at = models.DateTimeField(db_default=Now(), editable=False)
    enrolled_by = models.ForeignKey(  # who made its code
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    last_seen = models.DateTimeField(null=True, editable=False)  # to the minute
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="device_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="device_has_a_name"),
            models.CheckConstraint(condition=Q(digest__length=DIGEST), name="device_digest_is_sha256"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_silent(self) -> bool:
        """It should say once a minute that it is there, and has not for a while."""
        tells = self.kind != Kind.TABLET and self.revoked_at is None
        return tells and (self.last_seen is None or timezone.now() - self.last_seen > SILENT_AFTER)


class EnrolmentCode(models.Model):
    """What a manager reads out to whoever holds the new device: good once, for ten minutes; kept as a keyed hash."""

    digest = models.BinaryField(max_length=DIGEST, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=64)
    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(_("where in the store"), max_length=64, blank=True, default="", db_default="")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    device = models.OneToOneField(Device, null=True, on_delete=models.CASCADE, related_name="code")

    class Meta:
        verbose_name = _("enrolment code")
        verbose_name_plural = _("enrolment codes")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="enrolment_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="enrolment_has_a_name"),
            models.CheckConstraint(condition=Q(digest__length=DIGEST), name="enrolment_digest_is_sha256"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="enrolment_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at=None, device=None) | Q(used_at__isnull=False, device__isnull=False),
                name="enrolment_used_by_one_device",
            ),
        ]

    def __str__(self) -> str:
        return self.name
