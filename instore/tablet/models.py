from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.utils.translation import gettext_lazy as _

LONGEST_NONCE: Final = 64

models.CharField.register_lookup(Length)


class TabletAction(models.Model):
    """What a tap asked for and what came of it, written with its effect: the same nonce never acts again.

    ``problem`` names the refusal, ``facts`` are its data; empty where it was done. Nothing of a shopper is in it.
    """

    class Verb(models.TextChoices):
        BEGIN = "begin", _("started to pick")
        FOUND = "found", _("in the bag")
        MISSING = "missing", _("not there")
        ASK = "ask", _("asked the shopper")
        READY = "ready", _("ready to collect")
        CANCEL = "cancel", _("cancelled")
        PUT_BACK = "put-back", _("put back on the shelf")
        HAND_OVER = "hand-over", _("handed over")

    nonce = models.CharField(max_length=LONGEST_NONCE, unique=True)
    verb = models.CharField(max_length=16, choices=Verb.choices)
    pickup = models.ForeignKey("instore.Pickup", on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey("instore.Device", on_delete=models.CASCADE, related_name="+")
    associate = models.ForeignKey("instore.Associate", null=True, on_delete=models.SET_NULL, related_name="+")
    asked = models.JSONField(default=dict)
    problem = models.CharField(max_length=32, blank=True, default="")
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nonce__length__gte=16), name="tablet_nonce_is_not_guessed"),
            models.CheckConstraint(
                condition=Q(
                    verb__in=["ask", "begin", "cancel", "found", "hand-over", "missing", "put-back", "ready"],
                ),
                name="tablet_verb_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pickup_id} {self.problem}".strip()


class CodeWatch(models.Model):
    """Whoever tries a code at this store waits here for their turn; tries before ``opened_at`` count no more."""

    store = models.OneToOneField("instore.Store", on_delete=models.CASCADE, related_name="+", primary_key=True)
    opened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"codes of {self.store_id}"


class CodeTry(models.Model):
    """A code that was tried and was not right, or is being looked at this moment."""

    store = models.ForeignKey("instore.Store", on_delete=models.CASCADE, related_name="+", db_index=False)
    device = models.ForeignKey("instore.Device", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["store", "at"], name="code_tries_of_store")]

    def __str__(self) -> str:
        return f"{self.device_id} at {self.at}"
