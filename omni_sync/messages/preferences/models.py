from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def validate_zone(name: str) -> None:
    """Raises ValidationError where no clock is known by this name."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of this name."))


class Preference(models.Model):
    """What a person chose themselves; what is empty is as it is for everybody.

    Of several rows of a human the one that was changed last counts.
    """

    person = models.OneToOneField(
        "omni_sync.Person", on_delete=models.CASCADE, related_name="preference", primary_key=True
    )
    language = models.CharField(_("language"), max_length=16, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("preference for messages")
        verbose_name_plural = _("preferences for messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="preference_quiet_hours_are_whole",
            )
        ]

    def __str__(self) -> str:
        return f"preference of {self.person_id}"
