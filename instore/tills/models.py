from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class CodeLookup(models.Model):
    """A till asked whose code this is: which till, when, and whose it was. Without a pickup the code was wrong."""

    connection = models.ForeignKey(
        "omni_sync.Connection", on_delete=models.CASCADE, related_name="code_lookups", db_index=False
    )
    pickup = models.ForeignKey("instore.Pickup", null=True, on_delete=models.CASCADE, related_name="code_lookups")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["connection", "at"], condition=Q(pickup=None), name="wrong_codes_of_till")]

    def __str__(self) -> str:
        return f"{self.connection_id}: {self.pickup_id}"
