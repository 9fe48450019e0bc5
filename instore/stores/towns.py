"""Towns, so that a typed place has a position. Filled by ``manage.py towns``; empty, only the stores' own are known."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 200
SHORTEST: Final = 3  # letters of a name; shorter ones are codes of stations
BATCH: Final = 5000
SPACES: Final = re.compile(r"[\W_]+")


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
    """One way to write a town's name, as ``plain`` leaves it."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("name of a town")
        verbose_name_plural = _("names of towns")
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="town_name_once")]
        indexes = [models.Index(fields=["name"], name="town_name_begins", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class KnownTown:
    """A town as a source told it; ``names`` are other ways to write it, in any script."""

    name: str
    country_code: str
    population: int
    latitude: float
    longitude: float
    names: tuple[str, ...] = ()

    def plain_names(self) -> list[str]:
        """All its names, each once."""
        every = {plain(name) for name in (self.name, *self.names)}
        return sorted(name for name in every if SHORTEST <= len(name) <= LONGEST)


def plain(name: str) -> str:
    """``name`` without case, accents and signs, for comparing: "Sidoarjo, Jawa-Timur" is "sidoarjo jawa timur"."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return SPACES.sub(" ", bare.casefold()).strip()


def fill_towns(*, countries: Collection[str], towns: Iterable[KnownTown]) -> int:
    """Let ``towns`` be all that is known of ``countries``; how many there are. Those of other countries stay."""
    known = list(towns)
    with transaction.atomic():
        Town.objects.filter(country_code__in=countries).delete()
        rows = Town.objects.bulk_create((_row(town) for town in known), batch_size=BATCH)
        names = [
            TownName(town=row, name=name) for row, town in zip(rows, known, strict=True) for name in town.plain_names()
        ]
        TownName.objects.bulk_create(names, batch_size=BATCH)
    return len(rows)


def _row(town: KnownTown) -> Town:
    return Town(
        name=town.name[:LONGEST],
        country_code=town.country_code,
        population=town.population,
        latitude=town.latitude,
        longitude=town.longitude,
    )
