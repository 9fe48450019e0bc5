from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("omni_sync", "0007_drift")]

    operations = []
