import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "__first__"),
        ("partner", "__first__"),
        ("omni_sync", "0008_entry_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fulfilment",
            fields=[
                (
                    "basket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="fulfilment",
                        serialize=False,
                        to="basket.basket",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("deliver", "Delivered"), ("collect", "Collected at a store")], max_length=7
                    ),
                ),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partner.partner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mode", "deliver"), ("partner", None)),
                            models.Q(("mode", "collect"), ("partner__isnull", False)),
                            _connector="OR",
                        ),
                        name="fulfilment_collect_names_a_place",
                    ),
                ],
            },
        ),
    ]
