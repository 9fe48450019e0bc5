from django.db import models
from django.utils.translation import gettext_lazy as _


class Gtin(models.Model):
    """A trade item number that names one product; a product may have several."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="gtins")
    value = models.CharField(_("GTIN, 14 digits"), max_length=14, unique=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("GTIN")
        constraints = [
            models.CheckConstraint(condition=models.Q(value__regex=r"^\d{14}$"), name="gtin_has_14_digits"),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(is_primary=True), name="gtin_one_primary_per_product"
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Entry(models.Model):
    """What the shop knows of a product beside Oscar's row: its size and its colour."""

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, related_name="entry", primary_key=True
    )
    size = models.CharField(max_length=32, blank=True, db_index=True)
    size_system = models.CharField(max_length=16, blank=True)
    colour = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return f"{self.product_id} {self.colour} {self.size}".strip()
