from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("instore", "0004_places_plan")]

    operations = []
