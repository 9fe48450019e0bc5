from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.journeys.models import Step


class Comparison(models.Model):
    """A test of one step: its versions with each other, its messages with the group that hears nothing.

    It is over when every group has had ``per_group`` persons, or at ``ends_at``: one of them, said before it began.
    ``groups`` are its versions, and ``held_out`` where some hear nothing. ``base`` and ``effect`` are what the size was
    computed from: so many of a hundred buy anyhow, and the smallest change worth knowing, in percent of that. ``why``
    says what broke it off.
    """

    class Why(models.TextChoices):
        WORDS = "words", _("the words were changed")
        SETTINGS = "settings", _("the journey was changed")
        OFF = "off", _("the journey was switched off")
        STOPPED = "stopped", _("somebody broke it off")

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="comparisons")
    groups = ArrayField(models.CharField(max_length=8))
    started_at = models.DateTimeField(db_default=Now())
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    base = models.DecimalField(_("of a hundred persons so many buy anyhow"), max_digits=4, decimal_places=1, null=True)
    effect = models.PositiveSmallIntegerField(_("smallest change worth knowing, percent"), null=True)
    per_group = models.PositiveIntegerField(_("persons in each group"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)
    broken_off_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True, db_default="")

    class Meta:
        verbose_name = _("test of a message")
        verbose_name_plural = _("tests of messages")
        constraints = [
            models.UniqueConstraint(fields=["step", "started_at"], name="comparison_begins_once"),
            models.CheckConstraint(
                condition=Q(per_group__isnull=False, per_group__gte=1, ends_at=None)
                | Q(per_group=None, ends_at__isnull=False, ends_at__gt=F("started_at")),
                name="comparison_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(broken_off_at=None, why="") | (Q(broken_off_at__isnull=False) & ~Q(why="")),
                name="comparison_breaks_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} since {self.started_at:%Y-%m-%d}"
