from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("omni_sync", "0009_carts")]

    operations = []
