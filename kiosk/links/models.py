from __future__ import annotations

from datetime import datetime
from typing import Final, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiosk.links.types import KNOWN

#: An address on the web, or a path of this shop; nothing that a browser would run, and no other host in disguise.
ADDRESS: Final = r"^(https?://[^/?#\s\\]+([/?#][^\s\\]*)?|/([^/\s\\][^\s\\]*)?)$"
LANGUAGE: Final = r"^[a-z]{2}(-[A-Z]{2})?$"
MEDIA_TYPE: Final = r"^[a-z]+/[a-z0-9.+-]+$"
LONGEST: Final = 1000


class ProductLink(models.Model):
    """Something to read about a product, or to do with it: what its Digital Link leads to besides the shop's page."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="digital_links")
    link_type = models.CharField(_("kind of link"), max_length=40, choices=[(name, f"gs1:{name}") for name in KNOWN])
    href = models.CharField(
        _("address"),
        max_length=LONGEST,
        validators=[RegexValidator(ADDRESS, _("An address begins with https://, or with / for a page of this shop."))],
    )
    title = models.CharField(_("title"), max_length=200)
    hreflang = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(LANGUAGE, _("Two letters, such as id, or with a country: en-GB."))],
        help_text=_("Empty for all languages."),
    )
    media_type = models.CharField(
        _("media type"), max_length=80, default="text/html", validators=[RegexValidator(MEDIA_TYPE)]
    )
    is_default = models.BooleanField(
        _("where a scan leads"),
        default=False,
        help_text=_("In place of the shop's own page; one for each language, and one for all others."),
    )

    class Meta:
        verbose_name = _("link of a product")
        verbose_name_plural = _("links of products")
        ordering = ("link_type", "hreflang", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "hreflang"],
                condition=Q(is_default=True),
                name="product_link_one_default_per_language",
                violation_error_message=_("A scan in this language leads elsewhere already."),
            ),
            models.UniqueConstraint(
                fields=["product", "link_type", "hreflang", "href"],
                name="product_link_said_once",
                violation_error_message=_("This link is there already."),
            ),
            models.CheckConstraint(condition=Q(link_type__in=KNOWN), name="product_link_type_is_known"),
            models.CheckConstraint(condition=Q(href__regex=ADDRESS), name="product_link_leads_to_the_web"),
            models.CheckConstraint(
                condition=Q(hreflang="") | Q(hreflang__regex=LANGUAGE), name="product_link_language_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"gs1:{self.link_type} {self.title}"


class ScanQuerySet(models.QuerySet["Scan"]):
    def before(self, at: datetime) -> Self:
        """Those that are older."""
        return self.filter(at__lt=at)


class Scan(models.Model):
    """Somebody scanned a shelf or an article. Who it was is not known here, and not to be known from it."""

    class Channel(models.TextChoices):
        PHONE = "phone", pgettext_lazy("device", "phone")
        TABLET = "tablet", _("tablet")
        KIOSK = "kiosk", _("kiosk")

    at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    product = models.ForeignKey("catalogue.Product", null=True, on_delete=models.CASCADE, related_name="+")
    store = models.ForeignKey("instore.Store", null=True, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=20, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["phone", "tablet", "kiosk"]), name="scan_channel_is_known"),
            models.CheckConstraint(
                condition=Q(product__isnull=False) | Q(store__isnull=False), name="scan_of_something"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="scan_at")]

    def __str__(self) -> str:
        return f"{self.product_id or self.store_id} {self.at:%Y-%m-%d %H:%M}"
