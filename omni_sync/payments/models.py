from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omni_sync.payments.port import Known


class PaymentQuerySet(models.QuerySet["Payment"]):
    def of(self, reference: str) -> PaymentQuerySet:
        """Those for an order or a basket."""
        return self.filter(reference=reference)

    def open_at_provider(self) -> PaymentQuerySet:
        """Those that somebody may be paying right now."""
        return self.filter(state=Payment.State.OPEN)

    def undecided(self) -> PaymentQuerySet:
        """Those nobody has asked the provider to capture or to let go of."""
        return self.filter(capture_asked=None, cancel_asked_at=None)


class Payment(models.Model):
    """Money that a provider holds or took for us. Amounts in major units; the state never goes back."""

    class State(models.TextChoices):
        NEW = "new", _("Not begun")
        OPEN = "open", _("Being paid")
        AUTHORISED = "authorised", _("Authorised")
        CAPTURED = "captured", _("Paid")
        ENDED = "ended", _("Not paid")

    class Ending(models.TextChoices):
        EXPIRED = "expired", _("Nobody paid in time")
        CANCELLED = "cancelled", _("Cancelled")
        LAPSED = "lapsed", _("The authorisation ran out")

    provider = models.CharField(max_length=32)
    key = models.CharField(_("our own key"), max_length=64, unique=True)
    reference = models.CharField(_("order or basket"), max_length=128, db_index=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    session = models.CharField(_("provider's page"), max_length=255, null=True, blank=True)  # noqa: DJ001 - unique
    intent = models.CharField(_("provider's payment"), max_length=255, null=True, blank=True)  # noqa: DJ001 - unique
    url = models.TextField(_("address of the page"), blank=True)
    tries = models.PositiveSmallIntegerField(_("keys spent on beginning"), default=0)
    until = models.DateTimeField(_("end of the page"))
    paid_url = models.TextField()
    back_url = models.TextField()
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=16, blank=True)
    capture_before = models.DateTimeField(null=True, blank=True)
    capture_asked = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    captured = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    refund_asked = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_for = models.CharField(_("provider's word for why"), max_length=64, blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    looked_at = models.DateTimeField(_("last asked the provider"), default=timezone.now)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "session"], name="payment_session_once"),
            models.UniqueConstraint(fields=["provider", "intent"], name="payment_intent_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.CheckConstraint(
                condition=Q(
                    refunded__gte=0,
                    refund_asked__gte=F("refunded"),
                    captured__gte=F("refund_asked"),
                    amount__gte=F("captured"),
                ),
                name="payment_refunded_captured_amount",
            ),
            models.CheckConstraint(
                condition=Q(capture_asked=None) | Q(capture_asked__gt=0, capture_asked__lte=F("amount")),
                name="payment_capture_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(capture_asked=None) | Q(cancel_asked_at=None), name="payment_captured_or_cancelled"
            ),
            models.CheckConstraint(
                condition=(Q(state="ended") & ~Q(ending="")) | (~Q(state="ended") & Q(ending="")),
                name="payment_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="captured") & Q(captured__gt=0)) | (~Q(state="captured") & Q(captured=0)),
                name="payment_captured_something",
            ),
        ]
        indexes = [
            models.Index(fields=["looked_at"], condition=Q(state__in=["open", "authorised"]), name="payment_undecided"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.currency} {self.amount}, {self.state}"

    @property
    def known(self) -> Known:
        """Its numbers at the provider."""
        return Known(session=self.session or "", intent=self.intent or "", currency=self.currency)


class CallQuerySet(models.QuerySet["Call"]):
    def due(self, now: datetime) -> CallQuerySet:
        """Those whose time has come, the longest waiting first."""
        return self.filter(state=Call.State.WAITING, next_try__lte=now).order_by("next_try", "pk")


class Call(models.Model):
    """What the provider shall do: written in a transaction, asked for after it, until it is answered."""

    class Kind(models.TextChoices):
        CAPTURE = "capture", _("Take the money")
        CANCEL = "cancel", _("Let go of the money")
        REFUND = "refund", _("Give money back")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=128, unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("provider's word for why not"), max_length=200, blank=True)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="cancel", amount=None) | (~Q(kind="cancel") & Q(amount__gt=0)),
                name="call_amount_unless_cancel",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at=None) | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="call_settled_or_waiting",
            ),
        ]
        indexes = [models.Index(fields=["next_try"], condition=Q(state="waiting"), name="call_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount or ''} of {self.payment_id}: {self.state}"


class Notice(models.Model):
    """A provider's event as it was received; what it means is read at the source."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READ = "read", _("Read")
        STRANGE = "strange", _("Not about a payment of ours")

    provider = models.CharField(max_length=32)
    event_id = models.CharField(max_length=255)
    type = models.CharField(max_length=128)
    key = models.CharField(max_length=64, blank=True)
    session = models.CharField(max_length=255, blank=True)
    intent = models.CharField(max_length=255, blank=True)
    body = models.BinaryField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="notice_once")]
        indexes = [models.Index(fields=["next_try"], condition=Q(state="waiting"), name="notice_waiting")]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
