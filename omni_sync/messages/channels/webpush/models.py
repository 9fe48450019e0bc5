from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PushSubscription(models.Model):
    """A device on which somebody asked for notifications; gone as soon as its push service says so.

    ``sealed`` is where and how it is reached: who has that can write to it.
    """

    person = models.ForeignKey("omni_sync.Person", on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint_hash = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField(editable=False)
    device = models.CharField(_("device"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("device for notifications")
        verbose_name_plural = _("devices for notifications")

    def __str__(self) -> str:
        return f"{self.device} of {self.person_id}"

    @property
    def mark(self) -> str:
        """What the device itself knows its row by."""
        return bytes(self.endpoint_hash).hex()
