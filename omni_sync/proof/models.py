from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
LIFE: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=7)


class EmailProofQuerySet(models.QuerySet["EmailProof"]):
    def open(self, at: datetime) -> EmailProofQuerySet:
        """Those that still prove something."""
        return self.filter(used_at=None, until__gt=at)

    def over(self, at: datetime) -> EmailProofQuerySet:
        """Those that nobody asks after any more."""
        return self.filter(until__lt=at - KEPT)


class EmailProof(models.Model):
    """A letter that proves, once, that whoever has an account reads the mail of this address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    email = models.CharField(_("e-mail"), max_length=254)
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    code_hash = models.BinaryField(max_length=HASH_BYTES)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = EmailProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of an e-mail address")
        verbose_name_plural = _("proofs of e-mail addresses")
        indexes = [models.Index(fields=["until"], name="email_proof_until")]

    def __str__(self) -> str:
        return f"letter to account {self.user_id}"
