"""Towns, so that a typed place has a position. Filled by ``manage.py towns``; empty, only the stores' own are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Town(models.Model):
    """A town or a part of one, with its middle."""

    name = models.CharField(_("name"), max_length=200)
    country_code = models.CharField(_("country (ISO 3166, two letters)"), max_length=2)
    population = models.PositiveIntegerField(_("population"), default=0)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("town")
        verbose_name_plural = _("towns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="town_position_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TownName(models.Model):
    """One way to write a town's name, as ``whereabouts.plain`` leaves it."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("name of a town")
        verbose_name_plural = _("names of towns")
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="town_name_once")]
        indexes = [models.Index(fields=["name"], name="town_name_begins", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.name
