from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

MOST_TRIES: Final = 5
PAUSE: Final = timedelta(minutes=15)


class Role(models.TextChoices):
    ASSOCIATE = "associate", _("Associate")
    MANAGER = "manager", _("Manager")

    def includes(self, other: Role) -> bool:
        """Whether who has this role may do what ``other`` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class AssociateQuerySet(models.QuerySet["Associate"]):
    def working(self) -> Self:
        """Those who have not left."""
        return self.filter(left_at=None)

    def with_role_at(self, store_id: int) -> Self:
        """Each with ``role_here``: their role at that store, None for those who don't work there."""
        here = Assignment.objects.filter(associate=OuterRef("pk"), store=store_id)
        return self.annotate(role_here=Subquery(here.values("role")[:1]))

    def take_try(self, *, now: datetime) -> bool:
        """Count one try before its PIN is looked at, the fifth with a pause; False during a pause.

        One statement: of many who guess at once no more than five are heard.
        """
        first_again = When(paused_until__isnull=False, then=Value(1))
        last = When(paused_until=None, failed_tries__gte=MOST_TRIES - 1, then=Value(now + PAUSE))
        may_try = self.filter(Q(paused_until=None) | Q(paused_until__lte=now))
        return bool(
            may_try.update(
                failed_tries=Case(first_again, default=F("failed_tries") + 1), paused_until=Case(last, default=None)
            )
        )

    def forget_tries(self) -> int:
        """Begin counting anew."""
        return self.update(failed_tries=0, paused_until=None)


class Associate(models.Model):
    """A member of staff, signed in on a store's tablet by a PIN."""

    display_name = models.CharField(_("name on the tablet"), max_length=64)
    till_id = models.CharField(_("number at the till"), max_length=64, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="associate",
        verbose_name=_("account"),
    )
    pin = models.CharField(max_length=255, blank=True, editable=False)  # argon2id; empty: none yet
    pin_set_at = models.DateTimeField(null=True, editable=False)
    failed_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    paused_until = models.DateTimeField(null=True, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    stores: models.ManyToManyField[Any, Assignment] = models.ManyToManyField(
        "instore.Store", through="Assignment", related_name="associates"
    )

    role_here: str | None  # where with_role_at asked for it

    objects = AssociateQuerySet.as_manager()

    class Meta:
        verbose_name = _("associate")
        verbose_name_plural = _("associates")
        constraints = [
            models.CheckConstraint(condition=~Q(display_name=""), name="associate_has_a_name"),
            models.CheckConstraint(condition=Q(failed_tries__lte=MOST_TRIES), name="associate_tries_end"),
            models.CheckConstraint(
                condition=Q(pin="", pin_set_at=None) | (~Q(pin="") & Q(pin_set_at__isnull=False)),
                name="associate_pin_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def is_paused(self, *, now: datetime) -> bool:
        """Whether nobody may sign in under this name for the moment."""
        return self.paused_until is not None and self.paused_until > now


class Assignment(models.Model):
    """That an associate works at a store, and as what."""

    associate = models.ForeignKey(Associate, on_delete=models.CASCADE, related_name="assignments")
    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.ASSOCIATE)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["associate", "store"], name="assignment_once_at_a_store"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="assignment_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.associate_id} {self.role} at {self.store_id}"


class StaffEvent(models.Model):
    """What happened on the stores' devices and to who works there: append-only, which the database sees to.

    A store, device or person that is deleted leaves its events, with the names in ``detail``.
    """

    class Kind(models.TextChoices):
        CODE_MADE = "code_made", _("Enrolment code made")
        ENROLLED = "enrolled", _("Device enrolled")
        NOT_ENROLLED = "not_enrolled", _("Enrolment refused")
        REVOKED = "revoked", _("Device revoked")
        SIGNED_IN = "signed_in", _("Signed in")
        WRONG_PIN = "wrong_pin", _("Wrong PIN")
        PAUSED = "paused", _("Paused after wrong PINs")
        LOCKED = "locked", _("Locked")
        IDLE = "idle", _("Locked by itself")
        REFUSED = "refused", _("Refused: not their role or store")
        PIN_SET = "pin_set", _("PIN set")
        ASSIGNED = "assigned", _("Works at a store")
        UNASSIGNED = "unassigned", _("Works there no longer")
        LEFT = "left", _("Has left")
        WRONG_CODE = "wrong_code", _("Wrong pickup code")
        CODES_LOCKED = "codes_locked", _("Pickup codes locked after wrong ones")
        CODES_OPENED = "codes_opened", _("Pickup codes opened again")

    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField(db_default=Now(), editable=False)
    store = models.ForeignKey("instore.Store", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    device = models.ForeignKey("instore.Device", null=True, on_delete=models.SET_NULL, related_name="+")
    associate = models.ForeignKey(Associate, null=True, on_delete=models.SET_NULL, related_name="events")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("staff event")
        verbose_name_plural = _("staff events")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["store", "-id"], name="staff_event_of_store")]

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}"
