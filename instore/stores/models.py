from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, FloatField, Q, Value, When
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext_lazy as _

from instore.stores.hours import Hours, validate_exceptions, validate_week
from omni_sync.catalogue.gln import validate_gln

EARTH_KM = 6371.0088  # mean radius, IUGG


def closed_week() -> list[list[list[str]]]:
    """Seven days without a span: a store is closed until somebody says when it opens."""
    return [[] for _ in range(7)]


class StoreQuerySet(models.QuerySet["Store"]):
    def public(self) -> Self:
        """Stores that people can walk into today."""
        return self.filter(is_open_to_public=True)

    def with_distance(self, *, latitude: float, longitude: float) -> Self:
        """Each store with ``distance_km`` from the point, as the crow flies (haversine); None without a position."""
        half = Value(2.0)
        north = Power(Sin((Radians("latitude") - Radians(Value(latitude))) / half), 2)
        east = Power(Sin((Radians("longitude") - Radians(Value(longitude))) / half), 2)
        root = Sqrt(north + Cos(Radians(Value(latitude))) * Cos(Radians("latitude")) * east)
        across = ExpressionWrapper(ASin(Least(root, Value(1.0))) * Value(2 * EARTH_KM), FloatField())
        # PostgreSQL's LEAST passes over NULL, so a missing position is told apart before.
        return self.annotate(distance_km=Case(When(latitude__isnull=False, then=across)))

    def nearest_first(self, *, latitude: float, longitude: float) -> Self:
        """By distance from the point, stores without a position last; equal distances by code."""
        placed = self.with_distance(latitude=latitude, longitude=longitude)
        return placed.order_by(F("distance_km").asc(nulls_last=True), "partner__code")


class Store(models.Model):
    """A partner people can walk into. Its zone, its currency and its safety stock are the stock location's."""

    partner = models.OneToOneField("partner.Partner", on_delete=models.CASCADE, related_name="store", primary_key=True)
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    district = models.CharField(_("district"), max_length=128, blank=True)
    city = models.CharField(_("city"), max_length=128, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    country_code = models.CharField(_("country (ISO 3166, two letters)"), max_length=2, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
    )
    weekly_hours = models.JSONField(_("opening hours"), default=closed_week, validators=[validate_week])
    exceptions = models.JSONField(
        _("days with other hours"), default=dict, blank=True, validators=[validate_exceptions]
    )
    lead_minutes = models.PositiveIntegerField(_("minutes to prepare a pickup"), default=60)
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes in a pickup slot"), default=60, validators=[MinValueValidator(15), MaxValueValidator(1440)]
    )
    pickup_capacity = models.PositiveIntegerField(
        _("pickups per slot"), default=10, null=True, blank=True, help_text=_("Empty: as many as are asked for.")
    )
    gln = models.CharField(
        _("GLN"),
        max_length=13,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_gln],
        help_text=_("The store's number at GS1: what stands in the codes of its shelves. Empty without one."),
    )
    is_open_to_public = models.BooleanField(_("open to the public"), default=True)

    objects = StoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="store_position_is_on_earth",
            ),
            models.CheckConstraint(condition=Q(gln__regex=r"^[0-9]{13}$"), name="store_gln_has_13_digits"),
            models.CheckConstraint(condition=Q(slot_minutes__range=(15, 1440)), name="store_slot_is_part_of_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.partner)

    @property
    def hours(self) -> Hours:
        return Hours(self.weekly_hours, self.exceptions)
