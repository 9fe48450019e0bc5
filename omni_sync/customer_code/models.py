from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
KEPT: Final = timedelta(days=1)


class CustomerCodeQuerySet(models.QuerySet["CustomerCode"]):
    def open(self, at: datetime) -> CustomerCodeQuerySet:
        """Those that a member of staff may still use."""
        return self.filter(used_at=None, until__gt=at)

    def over(self, at: datetime) -> CustomerCodeQuerySet:
        """Those that nobody asks after any more."""
        return self.filter(until__lt=at - KEPT)


class CustomerCode(models.Model):
    """What a person shows or says so that a member of staff may see what is theirs: good once, and not for long.

    One that was ``sent`` is good at the ``place`` alone that asked for it.
    """

    class Via(models.TextChoices):
        SHOWN = "shown", _("showed their code")
        SENT = "sent", _("said the code that we sent")

    person = models.ForeignKey("omni_sync.Person", on_delete=models.CASCADE, related_name="+")
    via = models.CharField(max_length=5, choices=Via.choices)
    place = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    code_hash = models.BinaryField(max_length=HASH_BYTES)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = CustomerCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer code")
        verbose_name_plural = _("customer codes")
        constraints = [
            models.UniqueConstraint(
                fields=["code_hash"], condition=models.Q(used_at=None), name="customer_code_is_one_only"
            ),
            models.CheckConstraint(
                condition=models.Q(via="shown", place=None) | models.Q(via="sent", place__isnull=False),
                name="customer_code_is_sent_for_a_place",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="customer_code_until")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.via}"
