from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32

models.BinaryField.register_lookup(Length)


class Letterhead(models.Model):
    """What a store's receipts say above and below the goods, and whether they are counted without gaps.

    ``last_serial`` is the number given last; whoever issues the next one waits for this row.
    """

    store = models.OneToOneField("instore.Store", on_delete=models.CASCADE, related_name="letterhead", primary_key=True)
    legal_name = models.CharField(_("name of the company"), max_length=255, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=64, blank=True)
    above = models.TextField(_("lines above the goods"), blank=True)
    below = models.TextField(_("lines below the total"), blank=True)
    counts = models.BooleanField(_("numbers without gaps"), default=False)
    prefix = models.CharField(_("before the number"), max_length=16, blank=True)
    voucher_days = models.PositiveSmallIntegerField(_("days a credit voucher is good"), null=True, blank=True)
    last_serial = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")

    def __str__(self) -> str:
        return f"{self.store_id}"


class Receipt(models.Model):
    """That a receipt of an order was issued: its number, what opens it, and how often it was printed.

    ``serial`` is there where the store counts without gaps. ``sealed`` is the token, for it is shown again; empty where
    a till printed one of its own, of which we know the hash alone. The gift receipt has another token, made when it is
    first asked for: it opens no prices and claims nothing.
    """

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="receipt", primary_key=True)
    place = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(_("number"), max_length=128, db_index=True)
    serial = models.PositiveBigIntegerField(null=True)
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True, editable=False)
    sealed = models.BinaryField(null=True, editable=False)
    gift_hash = models.BinaryField(max_length=HASH_BYTES, null=True, unique=True, editable=False)
    gift_sealed = models.BinaryField(null=True, editable=False)
    issued_at = models.DateTimeField(db_default=Now(), editable=False)
    printed = models.PositiveIntegerField(_("times printed"), default=0, db_default=0)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(fields=["place", "serial"], name="receipt_serial_once_in_a_store"),
            models.CheckConstraint(condition=Q(token_hash__length=HASH_BYTES), name="receipt_token_is_hashed"),
            models.CheckConstraint(
                condition=Q(gift_hash=None, gift_sealed=None)
                | Q(gift_hash__length=HASH_BYTES, gift_sealed__isnull=False),
                name="receipt_gift_token_is_whole",
            ),
            models.CheckConstraint(condition=Q(serial=None) | Q(place__isnull=False), name="receipt_serial_of_a_store"),
        ]

    def __str__(self) -> str:
        return self.number
