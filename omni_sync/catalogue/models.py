from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
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
    """The searchable row beside a product: what ``describe`` said of it, and what is worked out from Oscar's rows.

    Everything from ``style`` on is written by ``entries`` alone. A style (a parent, or a product without sizes) and its
    sizes say the same of the style; ``on_shelf`` marks the rows that are counted: what can be bought of a public
    style, or the style itself while it has no public size.
    """

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, related_name="entry", primary_key=True
    )
    size = models.CharField(max_length=32, blank=True, db_index=True)
    size_system = models.CharField(max_length=16, blank=True)
    colour = models.CharField(max_length=64, blank=True)
    style = models.ForeignKey(
        "catalogue.Product", on_delete=models.CASCADE, related_name="family", null=True, editable=False
    )
    on_shelf = models.BooleanField(default=False, db_default=False, editable=False)
    #: The categories of the style and all above them.
    categories = ArrayField(models.IntegerField(), default=list, db_default=[], editable=False)
    #: The colour as it is compared: lower case, single spaces.
    shade = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    #: The lowest of the style.
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)
    created = models.DateTimeField(null=True, editable=False)
    title = models.TextField(blank=True, db_default="", editable=False)
    #: The title by language, where a message catalogue translates it.
    titles = models.JSONField(default=dict, db_default={}, editable=False)
    #: Every word of the style in every language, on the style's own row.
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(
                models.F("created").desc(), models.F("style").desc(), name="entry_newest", condition=Q(on_shelf=True)
            ),
            models.Index(fields=["price", "style"], name="entry_cheapest", condition=Q(on_shelf=True)),
            GinIndex(fields=["categories"], name="entry_categories", condition=Q(on_shelf=True)),
            GinIndex(fields=["search"], name="entry_search"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.colour} {self.size}".strip()


class Word(models.Model):
    """A word that some entry has: what a misspelt one is compared with."""

    text = models.CharField(max_length=64, primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["text"], name="word_trigrams", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.text
