from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omni_sync.customer_code.models import CustomerCode

LIFE: Final = timedelta(minutes=15)
LONGEST_NONCE: Final = 64
HASH_BYTES: Final = 32


def new_key() -> str:
    """128 bits: what stands in the address instead of anything about the person."""
    return secrets.token_urlsafe(16)


class LookUpQuerySet(models.QuerySet["LookUp"]):
    def open(self, at: datetime) -> LookUpQuerySet:
        """Those that still show something."""
        return self.filter(ended_at=None, until__gt=at)


class LookUp(models.Model):
    """That a member of staff saw a person's data on a tablet: who, where, when, and by what right."""

    Why = CustomerCode.Via

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    person = models.ForeignKey("omni_sync.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="+", db_index=False)
    device = models.ForeignKey("instore.Device", on_delete=models.CASCADE, related_name="+")
    associate = models.ForeignKey("instore.Associate", null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(_("name of the member of staff"), max_length=64)
    why = models.CharField(max_length=5, choices=Why.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    basket = models.ForeignKey(
        "basket.Basket",
        verbose_name=_("what was put together for somebody without an account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = LookUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-up")
        verbose_name_plural = _("look-ups")
        constraints = [
            models.CheckConstraint(condition=Q(why__in=["shown", "sent"]), name="look_up_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="look_up_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["store", "at"], name="look_ups_of_store")]

    def __str__(self) -> str:
        return f"{self.who}, {self.at}"


class CustomerAction(models.Model):
    """What a tap asked for on a customer's page, written with its effect: the same nonce never acts again.

    What was asked is kept as its fingerprint alone: a note is about a person.
    """

    class Verb(models.TextChoices):
        LIST = "list", _("put on the list")
        BASKET = "basket", _("put into the basket")
        RESERVE = "reserve", _("reserved at the store")
        MESSAGE = "message", _("wrote to them")

    nonce = models.CharField(max_length=LONGEST_NONCE, unique=True)
    verb = models.CharField(max_length=8, choices=Verb.choices)
    look_up = models.ForeignKey(LookUp, on_delete=models.CASCADE, related_name="actions")
    asked = models.BinaryField(max_length=HASH_BYTES)
    problem = models.CharField(max_length=32, blank=True, default="")
    said = models.TextField(_("why, in the words of the checkout"), blank=True, default="")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nonce__length__gte=16), name="customer_nonce_is_not_guessed"),
            models.CheckConstraint(
                condition=Q(verb__in=["basket", "list", "message", "reserve"]), name="customer_verb_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.look_up_id} {self.problem}".strip()
