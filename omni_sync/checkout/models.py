from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

PROMISED_AT: Final = "promised_at"
#: Paid, and ordered or refused. Sorted, so that the index is always written alike.
UNTOLD: Final = Q(told_at=None) & (Q(state="placed") | Q(why__in=["changed", "failed", "sold_out"]))


class IntendedQuerySet(models.QuerySet["Intended"]):
    def open(self) -> IntendedQuerySet:
        """Those that may still become orders."""
        return self.filter(state=Intended.State.OPEN)

    def overdue(self, at: datetime) -> IntendedQuerySet:
        """Open ones whose page can be paid on no more, the oldest first."""
        return self.open().filter(until__lt=at).order_by("until")

    def untold(self) -> IntendedQuerySet:
        """Those that were paid and of whose end nobody has told their shopper."""
        return self.filter(UNTOLD)


class Intended(models.Model):
    """An order that waits for its money: all that is needed to place it, without the session it was made in.

    One try to pay is one row; its ``key`` is the payment's too. What is personal in it is dropped when it ends.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the money")
        PLACED = "placed", _("Ordered")
        LET_GO = "let_go", _("Let go of")

    class Why(models.TextChoices):
        """Why nothing was ordered."""

        BACK = "back", _("The shopper came back")
        EXPIRED = "expired", _("Nobody paid in time")
        CANCELLED = "cancelled", _("The payment was called off")
        SOLD_OUT = "sold_out", _("The goods were gone")
        CHANGED = "changed", _("The basket or its price was changed")
        AWAY = "away", _("The provider could not be asked")
        FAILED = "failed", _("The order could not be placed")

    key = models.CharField(max_length=64, unique=True)
    basket = models.ForeignKey("basket.Basket", on_delete=models.CASCADE, related_name="+")
    number = models.CharField(_("order number"), max_length=128)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(_("guest's e-mail"), blank=True)
    address = models.JSONField(_("fields of the shipping address"), default=dict, blank=True)
    billing = models.JSONField(_("fields of the billing address"), default=dict, blank=True)
    method = models.CharField(_("shipping method"), max_length=128)
    asked = models.JSONField(_("what was asked for beside the goods"), default=dict, blank=True)
    language = models.CharField(max_length=16, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    why = models.CharField(max_length=9, choices=Why.choices, blank=True)
    order = models.OneToOneField(
        "order.Order", null=True, blank=True, on_delete=models.CASCADE, related_name="lintas_intended"
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField(_("end of the page"))
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(_("shopper told"), null=True, blank=True)

    objects = IntendedQuerySet.as_manager()

    class Meta:
        verbose_name = _("intended order")
        verbose_name_plural = _("intended orders")
        constraints = [
            models.UniqueConstraint(fields=["basket"], condition=~Q(state="let_go"), name="intended_once_for_a_basket"),
            models.UniqueConstraint(fields=["number"], condition=~Q(state="let_go"), name="intended_once_for_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="intended_of_something"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None, order=None, why="")
                | Q(state="placed", ended_at__isnull=False, order__isnull=False, why="")
                | (Q(state="let_go", ended_at__isnull=False, order=None) & ~Q(why="")),
                name="intended_ends_in_one_way",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(state="open"), name="intended_open"),
            models.Index(fields=["basket"], name="intended_of_basket"),
            models.Index(fields=["ended_at"], condition=UNTOLD, name="intended_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.currency} {self.amount}, {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_placed(self) -> bool:
        return self.state == self.State.PLACED

    @property
    def wishes(self) -> dict[str, Any]:
        """``asked`` as ``order_promised`` passes it on: a time is a time again."""
        said = dict(self.asked)
        if said.get(PROMISED_AT):
            said[PROMISED_AT] = datetime.fromisoformat(said[PROMISED_AT])
        return said
