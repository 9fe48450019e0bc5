from __future__ import annotations

from datetime import timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from instore.stores.models import Store
from kiosk.labels.formats import DEFAULT, FORMATS
from kiosk.labels.says import Label

KEPT: Final = timedelta(days=7)  # a PDF
OPEN: Final = timedelta(days=30)  # a run of which nobody says that it is on the shelves


class PrintedLabel(models.Model):
    """What the label of a product in a store says, as somebody confirmed that it hangs there."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    says = models.JSONField()  # as kiosk.labels.says writes it
    printed_at = models.DateTimeField()  # when it was true, not when somebody confirmed it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("printed label")
        verbose_name_plural = _("printed labels")
        constraints = [models.UniqueConstraint(fields=["store", "product"], name="printed_label_one_per_product")]

    def __str__(self) -> str:
        return f"{self.product_id} at {self.store_id}"


class PrintRunQuerySet(models.QuerySet["PrintRun"]):
    def waiting(self) -> Self:
        """Those whose sheets are to be made."""
        return self.filter(made_at=None, failure="")

    def facts(self) -> Self:
        """Without what makes them large."""
        return self.defer("labels", "pdf")


class PrintRun(models.Model):
    """Labels that were asked for: what each says, the sheets once they are made, and whether they hang there."""

    class Paper(models.TextChoices):
        A4_3X7 = "a4-3x7", _("A4, 21 labels of 63.5 × 38.1 mm")  # noqa: RUF001
        A4_2X4 = "a4-2x4", _("A4, 8 labels of 99.1 × 67.7 mm")  # noqa: RUF001
        SHELF_70X38 = "shelf-70x38", _("Label printer, 70 × 38 mm")  # noqa: RUF001

    class Failure(models.TextChoices):
        NO_PAPER = "no-paper", _("this server cannot draw PDFs")
        BROKEN = "broken", _("something went wrong")

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="print_runs", db_index=False)
    paper = models.CharField(_("format"), max_length=16, choices=Paper.choices, default=DEFAULT)
    language = models.CharField(_("language"), max_length=16)
    how_many = models.PositiveIntegerField(_("labels"))
    labels = models.JSONField(default=list, editable=False)  # as kiosk.labels.says writes them, in their order
    left_out = models.JSONField(default=list, editable=False)  # SKUs of goods without a price
    unknown = models.JSONField(default=list, editable=False)  # numbers that nothing in the store has
    more = models.PositiveIntegerField(default=0, editable=False)  # labels that did not fit in
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(max_length=16, choices=Failure.choices, blank=True, default="", editable=False)
    pdf = models.BinaryField(null=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        constraints = [
            models.CheckConstraint(condition=Q(paper__in=list(FORMATS)), name="print_run_paper_is_known"),
            models.CheckConstraint(condition=Q(how_many__gt=0), name="print_run_prints_something"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(made_at__isnull=False), name="print_run_made_before_confirmed"
            ),
            models.CheckConstraint(condition=Q(made_at=None) | Q(failure=""), name="print_run_made_or_failed"),
        ]
        indexes = [
            models.Index(fields=["store", "-id"], name="print_runs_of_store"),
            models.Index(fields=["asked_at"], condition=Q(made_at=None, failure=""), name="print_runs_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.how_many} labels for {self.store_id}"

    @property
    def is_waiting(self) -> bool:
        return self.made_at is None and not self.failure

    @property
    def without_code(self) -> list[str]:
        """SKUs of its labels that have neither code, because their goods have no number."""
        labels = (Label.from_json(said) for said in self.labels)
        return [label.sku for label in labels if not label.number]
