from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

#: Between a till's number and the order it handed over, in the number of that sale.
FOR = " for "


class Flag(models.TextChoices):
    """What a person should look at; a flagged document is applied all the same."""

    ARITHMETIC = "arithmetic", _("the till's sums don't add up")
    CURRENCY = "currency", _("another currency than the store's")
    FUTURE = "future", _("dated more than ten minutes ahead")
    ORDER_MISMATCH = "order_mismatch", _("names an order that this store can't hand over")
    OVER_RETURN = "over_return", _("more came back than was sold")
    VOIDED_AFTER_CLAIM = "voided_after_claim", _("voided after somebody added it to their account")
    VOIDED_AFTER_HAND_OVER = "voided_after_hand_over", _("voided after the goods were handed over")
    VOIDED_AFTER_RETURN = "voided_after_return", _("voided after goods of it came back at a tablet")
    VOUCHER_FULL = "voucher_full", _("more went back onto a credit voucher than it can take")


class Document(models.Model):
    """What a sale and a return have in common: who said so, where, when and under which number."""

    source = models.CharField(_("connection or channel"), max_length=64)
    store = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("the till's own number"), max_length=128)
    event_id = models.CharField(max_length=255, blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    currency = models.CharField(max_length=3)
    exchange = models.CharField(max_length=128, blank=True)
    person = models.ForeignKey(
        "omni_sync.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    flags = ArrayField(models.CharField(max_length=32, choices=Flag.choices), default=list, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Sale(Document):
    """A paid or handed-over transaction in any channel; its lines are those of its Oscar order."""

    class Channel(models.TextChoices):
        TILL = "till", _("till")
        WEB = "web", _("web")
        TABLET = "tablet", _("tablet")

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="sale")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    register = models.CharField(max_length=64, blank=True)
    associate = models.CharField(_("the till's own id of the member of staff"), max_length=64, blank=True)
    tax_included = models.BooleanField(default=True)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    discount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    rounding = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    claim_hash = models.CharField(max_length=64, blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "store", "number"], name="sale_once")]
        indexes = [
            models.Index(fields=["store", "occurred_at"], name="sale_of_store"),
            models.Index(fields=["claim_hash"], condition=~models.Q(claim_hash=""), name="sale_by_claim"),
            models.Index(fields=["exchange"], condition=~models.Q(exchange=""), name="sale_of_exchange"),
        ]

    def __str__(self) -> str:
        return self.number


class Return(Document):
    """Goods that came back to a store. The money part waits until the sale it answers is known."""

    original_number = models.CharField(max_length=128, blank=True)
    original_store = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    original_order = models.CharField(_("order number it names"), max_length=128, blank=True)
    order = models.ForeignKey(
        "order.Order", null=True, blank=True, on_delete=models.SET_NULL, related_name="sale_returns"
    )
    refunds = models.JSONField(default=list, blank=True)
    refunded_at = models.DateTimeField(_("money noted on the order"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "store", "number"], name="return_once")]
        indexes = [
            models.Index(
                fields=["source", "original_store", "original_number"],
                condition=models.Q(order=None),
                name="return_waits_for_sale",
            ),
            models.Index(
                fields=["original_order"],
                condition=models.Q(order=None) & ~models.Q(original_order=""),
                name="return_waits_for_order",
            ),
            models.Index(fields=["exchange"], condition=~models.Q(exchange=""), name="return_of_exchange"),
        ]

    def __str__(self) -> str:
        return self.number


class ReturnLine(models.Model):
    """One line of a return, at the store that received it."""

    sale_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line = models.CharField(max_length=64)
    original_line = models.CharField(max_length=64, blank=True)
    product = models.ForeignKey("catalogue.Product", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sku = models.CharField(max_length=128, blank=True)
    gtin = models.CharField(max_length=14, blank=True)
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    restock = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sale_return", "line"], name="return_line_once")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku or self.gtin}"
