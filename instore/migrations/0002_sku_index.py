from django.db import migrations


class Migration(migrations.Migration):
    """A SKU is looked up across all places; Oscar's own index begins with the partner."""

    dependencies = [("instore", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS lintas_stockrecord_sku ON partner_stockrecord (partner_sku)",
            "DROP INDEX IF EXISTS lintas_stockrecord_sku",
        )
    ]
