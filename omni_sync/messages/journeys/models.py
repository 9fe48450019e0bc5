from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.models import Channel


class Journey(models.Model):
    """What follows when a trigger's thing happens; ``hold_out`` percent of the persons hear nothing, to compare.

    ``revision`` counts the changes of it and of its steps.
    """

    name = models.SlugField(max_length=32, unique=True)
    trigger = models.CharField(max_length=32)
    is_on = models.BooleanField(_("on"), default=True)
    hold_out = models.PositiveSmallIntegerField(_("hold-out group, percent"), default=0)
    on_since = models.DateTimeField(_("switched on"), db_default=Now())
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = [models.CheckConstraint(condition=Q(hold_out__lte=90), name="journey_reaches_somebody")]

    def __str__(self) -> str:
        return capfirst(self.title) if self.trigger in TRIGGERS else self.name

    @property
    def title(self) -> str:
        """What it follows, in words; a room that is gone leaves its name."""
        trigger = TRIGGERS.get(self.trigger)
        return str(trigger.title) if trigger else self.name


class Step(models.Model):
    """One message of a journey: ``wait`` after the thing happened, by the first of ``channels`` that reaches.

    Of two ``variants`` each person gets always the same. ``offer`` is what may be open to a person once per product.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    wait = models.DurationField(_("how long after"))
    channels = ArrayField(models.CharField(max_length=8, choices=Channel.choices), verbose_name=_("channels"))
    variants = models.PositiveSmallIntegerField(_("versions to compare"), default=1)
    offer = models.ForeignKey(
        "voucher.Voucher", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("offer")
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="journey_step_once"),
            models.CheckConstraint(condition=Q(variants__gte=1, variants__lte=2), name="journey_step_variants"),
            models.CheckConstraint(condition=Q(channels__len__gte=1), name="journey_step_goes_somewhere"),
        ]

    def __str__(self) -> str:
        return gettext("%(journey)s, step %(number)s") % {"journey": self.journey, "number": self.number}


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def due(self, now: datetime) -> Self:
        """Those whose time has come, the oldest first."""
        return self.filter(state=FollowUp.State.PLANNED, due_at__lte=now).order_by("due_at", "pk")


class FollowUp(models.Model):
    """One step of a journey for one person and one occurrence: at most once, and always with a reason.

    ``facts`` are what the trigger knows: numbers, nothing about the person. ``said`` is why it was decided so.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("handed to its channel")
        STOPPED = "stopped", _("not sent")

    class Why(models.TextChoices):
        OFF = "off", _("the journey was switched off")
        GONE = "gone", _("its reason was gone")
        CONSENT = "consent", _("they did not agree to it")
        ADDRESS = "address", _("they can't be reached that way")
        CAP = "cap", _("they had heard enough for now")
        OFFER = "offer", _("they had another offer of it")
        HELD_OUT = "held_out", _("they are in the group that hears nothing, to compare")
        LATE = "late", _("it came too late")

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="follow_ups", db_index=False)
    step = models.PositiveSmallIntegerField()
    occurrence = models.CharField(max_length=64)
    person = models.ForeignKey("omni_sync.Person", on_delete=models.CASCADE, related_name="follow_ups", db_index=False)
    occurred_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED, db_default="planned")
    why = models.CharField(max_length=12, choices=Why.choices, blank=True, db_default="")
    variant = models.CharField(max_length=1, blank=True, db_default="")
    facts = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    said = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    decided_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(
        "omni_sync.Message", null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_up"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "journey", "occurrence", "step"], name="follow_up_once_per_person_and_occurrence"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "sent", "stopped"]), name="follow_up_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", decided_at=None) | (~Q(state="planned") & Q(decided_at__isnull=False)),
                name="follow_up_decided_at_some_time",
            ),
            models.CheckConstraint(condition=~Q(state="stopped") | ~Q(why=""), name="follow_up_stops_for_a_reason"),
            models.CheckConstraint(condition=Q(due_at__gte=F("occurred_at")), name="follow_up_follows"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="planned"), name="follow_up_due"),
            models.Index(fields=["journey", "decided_at"], name="follow_up_of_journey"),
            models.Index(
                fields=["occurrence"], condition=Q(occurrence__startswith="stock:"), name="follow_up_of_stock"
            ),
            models.Index(
                fields=["decided_at"],
                condition=Q(decided_at__isnull=False) & ~Q(facts={}, said={}),
                name="follow_up_not_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}, step {self.step}, for {self.person_id}"

    @property
    def is_off(self) -> bool:
        """Whether its journey is off now, or was switched on after it happened."""
        return not self.journey.is_on or self.occurred_at < self.journey.on_since


class OpenOffer(models.Model):
    """That a person was offered a product better than others: until it is over they get no other offer of it."""

    person = models.ForeignKey("omni_sync.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="offers")
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "product"], condition=Q(ended_at=None), name="offer_open_once_per_person_and_product"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id} to {self.person_id}"
