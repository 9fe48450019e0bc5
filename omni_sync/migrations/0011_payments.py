import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("omni_sync", "0010_sizes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=32)),
                ("event_id", models.CharField(max_length=255)),
                ("type", models.CharField(max_length=128)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("session", models.CharField(blank=True, max_length=255)),
                ("intent", models.CharField(blank=True, max_length=255)),
                ("body", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("read", "Read"), ("strange", "Not about a payment of ours")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "received_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["next_try"], name="notice_waiting")
                ],
                "constraints": [models.UniqueConstraint(fields=("provider", "event_id"), name="notice_once")],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="our own key")),
                ("reference", models.CharField(db_index=True, max_length=128, verbose_name="order or basket")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("currency", models.CharField(max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not begun"),
                            ("open", "Being paid"),
                            ("authorised", "Authorised"),
                            ("captured", "Paid"),
                            ("ended", "Not paid"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "Nobody paid in time"),
                            ("cancelled", "Cancelled"),
                            ("lapsed", "The authorisation ran out"),
                        ],
                        max_length=10,
                    ),
                ),
                ("session", models.CharField(blank=True, max_length=255, null=True, verbose_name="provider's page")),
                ("intent", models.CharField(blank=True, max_length=255, null=True, verbose_name="provider's payment")),
                ("url", models.TextField(blank=True, verbose_name="address of the page")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="keys spent on beginning")),
                ("until", models.DateTimeField(verbose_name="end of the page")),
                ("paid_url", models.TextField()),
                ("back_url", models.TextField()),
                ("email", models.CharField(blank=True, max_length=254)),
                ("language", models.CharField(blank=True, max_length=16)),
                ("capture_before", models.DateTimeField(blank=True, null=True)),
                ("capture_asked", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("cancel_asked_at", models.DateTimeField(blank=True, null=True)),
                ("captured", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("refund_asked", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("refunded", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("declined_for", models.CharField(blank=True, max_length=64, verbose_name="provider's word for why")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "looked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last asked the provider"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["open", "authorised"])),
                        fields=["looked_at"],
                        name="payment_undecided",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "session"), name="payment_session_once"),
                    models.UniqueConstraint(fields=("provider", "intent"), name="payment_intent_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", models.F("captured")),
                            ("captured__gte", models.F("refund_asked")),
                            ("refund_asked__gte", models.F("refunded")),
                            ("refunded__gte", 0),
                        ),
                        name="payment_refunded_captured_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capture_asked", None),
                            models.Q(("capture_asked__gt", 0), ("capture_asked__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="payment_capture_within_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capture_asked", None), ("cancel_asked_at", None), _connector="OR"),
                        name="payment_captured_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), models.Q(("ending", ""), _negated=True)),
                            models.Q(models.Q(("state", "ended"), _negated=True), ("ending", "")),
                            _connector="OR",
                        ),
                        name="payment_ended_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "captured"), ("captured__gt", 0)),
                            models.Q(models.Q(("state", "captured"), _negated=True), ("captured", 0)),
                            _connector="OR",
                        ),
                        name="payment_captured_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("capture", "Take the money"),
                            ("cancel", "Let go of the money"),
                            ("refund", "Give money back"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=128, unique=True)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("refused", "Refused")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="provider's word for why not")),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="omni_sync.payment"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["next_try"], name="call_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", None), ("kind", "cancel")),
                            models.Q(models.Q(("kind", "cancel"), _negated=True), ("amount__gt", 0)),
                            _connector="OR",
                        ),
                        name="call_amount_unless_cancel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_settled_or_waiting",
                    ),
                ],
            },
        ),
    ]
