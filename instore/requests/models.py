from __future__ import annotations

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
LONGEST_KEY: Final = 64
NUMBERS: Final = 99  # two digits are called out and remembered

models.CharField.register_lookup(Length)


class Kind(models.TextChoices):
    HELP = "help", _("asks for help")
    BRING = "bring", _("wants something brought")


class To(models.TextChoices):
    """Where the shopper waits."""

    HERE = "here", _("where they stand")
    FITTING_ROOM = "fitting", _("to the fitting room")
    TILL = "till", _("to the till")


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    TAKEN = "taken", _("somebody comes")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


#: Somebody waits. Sorted, so that constraints are always written alike.
OPEN: Final = (State.TAKEN.value, State.WAITING.value)


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> Self:
        """Those whose shopper waits."""
        return self.filter(state__in=OPEN)


class Request(models.Model):
    """What somebody asks of a store's staff. Who they are nobody knows: they are told a number, and wait for it.

    ``place`` is where they stand: a shelf, or where the kiosk is. ``key`` is of the form that asked, ``token_hash`` of
    what opens the asker's own view.
    """

    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="requests", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    to = models.CharField(max_length=8, choices=To.choices, default=To.HERE)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    number = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=64, blank=True)
    device = models.ForeignKey("instore.Device", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_by = models.ForeignKey("instore.Associate", null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "number"], condition=Q(state__in=OPEN), name="request_number_once_in_a_store"
            ),
            models.CheckConstraint(condition=Q(number__range=(1, NUMBERS)), name="request_number_has_two_digits"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="request_kind_is_known"),
            models.CheckConstraint(condition=Q(to__in=To.values), name="request_to_is_known"),
            models.CheckConstraint(condition=Q(key__length__gte=16), name="request_key_is_not_guessed"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None)
                | Q(state__in=sorted(set(State.values) - set(OPEN)), ended_at__isnull=False),
                name="request_ends_once_it_is_over",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.TAKEN) | Q(taken_at__isnull=False), name="request_taken_since"
            ),
        ]
        indexes = [
            models.Index(fields=["store", "asked_at"], condition=Q(state__in=OPEN), name="requests_open_in_store"),
            models.Index(fields=["ended_at"], name="requests_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether somebody waits."""
        return self.state in OPEN


class RequestLine(models.Model):
    """What is asked about, or to be brought."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "product"], name="request_line_one_per_product"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="request_line_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id}"  # noqa: RUF001


class LastNumber(models.Model):
    """The number that a store gave last; whoever asks waits here for their turn."""

    store = models.OneToOneField("instore.Store", on_delete=models.CASCADE, related_name="+", primary_key=True)
    number = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.store_id}: {self.number}"
