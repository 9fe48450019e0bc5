from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HASH_BYTES: Final = 32
LONGEST_KEY: Final = 96

models.BinaryField.register_lookup(Length)


class CreditVoucherQuerySet(models.QuerySet["CreditVoucher"]):
    def good(self, at: datetime | None = None) -> Self:
        """Those that nobody voided and whose time is not over; there may be nothing left of them."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at or timezone.now()), voided_at=None)

    def take(self, amount: Decimal) -> bool:
        """Lower the balance of the one voucher that this is, in one statement; False where it has less, or is over."""
        return self.good().filter(balance__gte=amount).update(balance=F("balance") - amount) == 1

    def put(self, amount: Decimal) -> bool:
        """Raise its balance, in one statement; False where it would become more than it was issued with."""
        room = F("amount") - F("balance")
        return self.filter(voided_at=None).annotate(room=room).filter(room__gte=amount).update(
            balance=F("balance") + amount
        ) == 1  # fmt: skip


class CreditVoucher(models.Model):
    """Money that is owed to whoever holds it: ``balance`` of the ``amount`` it was issued with is left.

    ``number`` names it and opens nothing. Its code and token are hashed, and sealed together to be shown again.
    ``ends_at`` is the last second it is good; None: no end. ``is_gift``: not for the eyes of who paid for the goods.
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    code_hash = models.BinaryField(max_length=HASH_BYTES, unique=True, editable=False)
    token_hash = models.BinaryField(max_length=HASH_BYTES, unique=True, editable=False)
    sealed = models.BinaryField(editable=False)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    balance = models.DecimalField(max_digits=12, decimal_places=2)
    store = models.ForeignKey("instore.Store", on_delete=models.PROTECT, related_name="credit_vouchers")
    sale_return = models.ForeignKey(
        "omni_sync.Return", null=True, on_delete=models.SET_NULL, related_name="credit_vouchers"
    )
    is_gift = models.BooleanField(default=False)
    associate = models.ForeignKey("instore.Associate", null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(_("name of the member of staff"), max_length=64)
    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    ends_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = CreditVoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit voucher")
        verbose_name_plural = _("credit vouchers")
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="credit_voucher_is_never_overdrawn"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="credit_voucher_is_of_something"),
            models.CheckConstraint(condition=Q(balance__lte=F("amount")), name="credit_voucher_never_grows"),
            models.CheckConstraint(condition=Q(voided_at=None) | Q(balance=0), name="credit_voucher_void_is_empty"),
            models.CheckConstraint(
                condition=Q(code_hash__length=HASH_BYTES, token_hash__length=HASH_BYTES),
                name="credit_voucher_is_hashed",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_ended(self) -> bool:
        """Its time is over."""
        return self.ends_at is not None and self.ends_at <= timezone.now()


class VoucherEntry(models.Model):
    """One line of a voucher's ledger, which nobody changes: what came or went, and the ``balance`` after it.

    ``short`` is what a till took that was not there: a fact, for somebody to look at.
    """

    class Kind(models.TextChoices):
        ISSUED = "issued", _("issued")
        SPENT = "spent", _("spent")
        BACK = "back", _("given back")
        VOIDED = "voided", _("voided")

    voucher = models.ForeignKey(CreditVoucher, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    balance = models.DecimalField(max_digits=12, decimal_places=2)
    short = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    order = models.ForeignKey("order.Order", null=True, on_delete=models.SET_NULL, related_name="voucher_entries")
    store = models.ForeignKey("instore.Store", null=True, on_delete=models.SET_NULL, related_name="+")
    associate = models.ForeignKey("instore.Associate", null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("why"), max_length=200, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("entry of a credit voucher")
        verbose_name_plural = _("entries of credit vouchers")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["issued", "back"], amount__gt=0, short=0)
                | Q(kind="spent", amount__lt=0, short__gte=0)
                | Q(kind="spent", amount=0, short__gt=0)
                | Q(kind="voided", amount__lt=0, short=0),
                name="voucher_entry_has_its_sign",
            ),
            models.CheckConstraint(condition=Q(balance__gte=0), name="voucher_entry_leaves_no_debt"),
            models.UniqueConstraint(fields=["voucher"], condition=Q(kind="issued"), name="voucher_issued_once"),
            models.UniqueConstraint(fields=["voucher"], condition=Q(kind="voided"), name="voucher_voided_once"),
        ]
        indexes = [
            models.Index(fields=["store", "kind"], name="voucher_entries_of_store"),
            models.Index(fields=["voucher"], condition=Q(short__gt=0), name="voucher_overspent"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} {self.kind} {self.amount}"
