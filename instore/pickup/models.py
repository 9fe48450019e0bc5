from __future__ import annotations

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from instore.pickup.code import CODE_BYTES, TOKEN_BYTES


class State(models.TextChoices):
    """Where a pickup is in its life."""

    PLACED = "placed", _("to be picked")
    PICKING = "picking", _("being picked")
    READY = "ready", _("ready to collect")
    COLLECTED = "collected", _("collected")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("not collected in time")
    PUT_BACK = "put_back", _("put back on the shelf")


#: The shopper is still expected: the code works. Sorted, so that constraints are always written alike.
OPEN: Final = (State.PICKING.value, State.PLACED.value, State.READY.value)


#: The bag is not packed yet.
UNPACKED: Final = (State.PLACED, State.PICKING)

FRIEND: Final = 80  # letters of a friend's name


class ShortReason(models.TextChoices):
    """Why fewer were picked than were ordered."""

    NOT_FOUND = "not_found", _("not found")
    DAMAGED = "damaged", _("damaged")
    SOLD = "sold", _("sold in the store")
    NOT_WAITED = "not_waited", _("the shopper did not want to wait")


#: What staff find out; the other is for the shopper to say.
FOUND_OUT: Final = (ShortReason.NOT_FOUND, ShortReason.DAMAGED, ShortReason.SOLD)


class Answer(models.TextChoices):
    """What a shopper wants where goods are not there."""

    WAIT = "wait", _("waits for it")
    REFUND = "refund", _("wants the money back")


class PickupQuerySet(models.QuerySet["Pickup"]):
    def open(self) -> Self:
        """Pickups whose shopper is still expected."""
        return self.filter(state__in=OPEN)

    def overdue(self) -> Self:
        """Pickups that wait for a shopper who had until now."""
        return self.filter(state=State.READY, deadline__lt=Now())


class Pickup(models.Model):
    """The collecting of an order at a store.

    ``promised_at`` is empty where the store has not said when it opens. The code is sealed, because it is shown again;
    its keyed hash finds it. Of the token there is only a SHA-256: see ``token_of``.
    """

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="pickup", primary_key=True)
    store = models.ForeignKey("instore.Store", on_delete=models.PROTECT, related_name="pickups", db_index=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLACED)
    pay_in_store = models.BooleanField(_("paid in the store"), default=True)
    placed_at = models.DateTimeField(db_default=Now(), editable=False)
    promised_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(_("kept until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    friend = models.CharField(_("who may collect it too"), max_length=FRIEND, blank=True, default="", db_default="")
    here_at = models.DateTimeField(_("shopper at the store since"), null=True, blank=True)
    code = models.BinaryField(editable=False)
    code_hash = models.BinaryField(max_length=CODE_BYTES, editable=False)
    token_hash = models.BinaryField(max_length=TOKEN_BYTES, unique=True, editable=False)

    objects = PickupQuerySet.as_manager()

    class Meta:
        verbose_name = _("pickup")
        verbose_name_plural = _("pickups")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "code_hash"], condition=Q(state__in=OPEN), name="pickup_code_once_in_a_store"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(State.values)), name="pickup_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="pickup_ends_once_it_is_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["expired", "put_back", "ready"]) | Q(ready_at__isnull=False),
                name="pickup_ready_since",
            ),
        ]
        indexes = [
            models.Index(fields=["store", "state", "promised_at"], name="pickup_of_store"),
            models.Index(fields=["code_hash"], name="pickup_by_code"),
            models.Index(fields=["deadline"], condition=Q(state="ready"), name="pickup_waits_until"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether the shopper is still expected."""
        return self.state in OPEN


class PickupLineQuerySet(models.QuerySet["PickupLine"]):
    def in_question(self) -> Self:
        """Lines whose shopper was asked, and of which nobody has said since what goes into the bag."""
        return self.filter(asked_at__isnull=False, short_reason="", picked__lt=F("quantity"))


class PickupLine(models.Model):
    """A line of a pickup: how many were ordered, how many are in the bag, and what its shopper was asked of the rest.

    The question is the last one: asked again, ``asked_at`` is new, and there is no answer yet.
    """

    order_line = models.OneToOneField(
        "order.Line", on_delete=models.CASCADE, related_name="pickup_line", primary_key=True
    )
    pickup = models.ForeignKey(Pickup, on_delete=models.CASCADE, related_name="lines")
    quantity = models.PositiveIntegerField()
    picked = models.PositiveIntegerField(default=0)
    short_reason = models.CharField(max_length=16, choices=ShortReason.choices, blank=True, default="")
    asked_at = models.DateTimeField(_("shopper asked at"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True, default="", db_default="")

    objects = PickupLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pickup_line_is_of_something"),
            models.CheckConstraint(condition=Q(picked__lte=F("quantity")), name="pickup_line_not_more_than_ordered"),
            models.CheckConstraint(
                condition=Q(short_reason="") | Q(short_reason__in=sorted(ShortReason.values), picked__lt=F("quantity")),
                name="pickup_line_short_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=sorted(Answer.values), answered_at__isnull=False, asked_at__isnull=False),
                name="pickup_line_answered_once_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.picked} of {self.quantity} of {self.order_line_id}"

    @property
    def is_settled(self) -> bool:
        """Whether it is known what goes into the bag."""
        return self.picked == self.quantity or bool(self.short_reason)

    @property
    def is_asked(self) -> bool:
        """Whether its shopper has still to answer."""
        return self.asked_at is not None and not self.answer and not self.is_settled

    @property
    def is_waited_for(self) -> bool:
        """Whether its shopper said that they wait for the rest of it."""
        return self.answer == Answer.WAIT and not self.is_settled


class PickupStep(models.Model):
    """What happened to a pickup: who, when, from where. Only ever added to.

    From a state to itself, with a line: that line was short.
    """

    pickup = models.ForeignKey(Pickup, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=9, choices=State.choices, blank=True)
    after = models.CharField(max_length=9, choices=State.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    who = models.CharField(max_length=255, blank=True)
    place = models.CharField(_("from where"), max_length=128)
    at = models.DateTimeField(db_default=Now(), editable=False)
    line = models.ForeignKey(PickupLine, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")) | Q(line__isnull=False), name="pickup_step_goes_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pickup_id}: {self.before} → {self.after}"
